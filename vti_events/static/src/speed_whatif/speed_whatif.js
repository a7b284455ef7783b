import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const WIDTH = 640;
const HEIGHT = 280;
const LEFT = 48;
const DASHES = ["", "8 4", "2 4"];

/** What other numbers of rounds and tables would bring, as curves and in a table. */
export class SpeedWhatIf extends Component {
    static template = "vti_events.SpeedWhatIf";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        const context = this.props.action.context;
        this.dateId = context.speed_date_id || context.active_id;
        this.size = {width: WIDTH, height: HEIGHT, left: LEFT};
        this.state = useState({
            students: context.students || 100,
            companies: context.companies || 12,
            wishes: context.wishes || 5,
            found: null,
        });
        onWillStart(() => this.load());
    }

    async load() {
        const {students, companies, wishes} = this.state;
        const numbers = [students, companies, wishes].map((number) => Math.round(Number(number)));
        this.state.found = await this.orm.call("vti.speed.date", "action_what_if", [[this.dateId], ...numbers]);
    }

    x(index) {
        return LEFT + (index * (WIDTH - LEFT - 16)) / (this.state.found.rounds.length - 1);
    }

    y(share) {
        return 12 + ((100 - share) * (HEIGHT - 44)) / 100;
    }

    path(line) {
        return line.shares.map((share, index) => `${index ? "L" : "M"}${this.x(index)},${this.y(share)}`).join(" ");
    }

    dash(index) {
        return DASHES[index % DASHES.length];
    }
}

registry.category("actions").add("vti_events.speed_whatif", SpeedWhatIf);
