import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** VTI's start page: the season in figures, each opening its list. */
export class SeasonStart extends Component {
    static template = "vti_bpv.SeasonStart";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.actionService = useService("action");
        this.state = useState({page: null});
        onWillStart(() => this.load(null));
    }

    async load(seasonId) {
        this.state.page = await this.orm.call("vti.season", "get_start_page", [seasonId]);
    }

    onSeason(event) {
        return this.load(Number(event.target.value));
    }

    async open(figure) {
        const action = await this.actionService.loadAction(figure.action);
        return this.actionService.doAction({
            ...action,
            name: figure.label,
            display_name: figure.label,
            domain: figure.domain,
            context: {},
        });
    }
}

registry.category("actions").add("vti_bpv.season_start", SeasonStart);
