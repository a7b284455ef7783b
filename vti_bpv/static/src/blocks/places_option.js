import {onWillStart, useState} from "@odoo/owl";
import {BaseOptionComponent} from "@html_builder/core/utils";
import {BuilderAction} from "@html_builder/core/builder_action";
import {Plugin} from "@html_editor/plugin";
import {withSequence} from "@html_editor/utils/resource";
import {registry} from "@web/core/registry";
import {DYNAMIC_SNIPPET} from "@website/builder/plugins/options/dynamic_snippet_option_plugin";

/** The filters of the block "places", in the sidebar of the website builder. */
export class PlacesOption extends BaseOptionComponent {
    static template = "vti_bpv.PlacesOption";
    static selector = ".s_vti_places";
    static dependencies = ["vtiPlacesOption"];
    numbers = ["2", "3", "4", "6", "8", "9", "12"];

    setup() {
        super.setup();
        this.choices = useState({trades: [], towns: []});
        onWillStart(async () => {
            Object.assign(this.choices, await this.dependencies.vtiPlacesOption.fetchChoices());
        });
    }
}

export class WeekOption extends BaseOptionComponent {
    static template = "vti_bpv.WeekOption";
    static selector = ".s_vti_week";
}

/** Keeps the id of the company alone: its name is read when it is shown. */
export class PlacesCompanyAction extends BuilderAction {
    static id = "vtiPlacesCompany";
    getValue({editingElement}) {
        const id = parseInt(editingElement.dataset.company);
        return id ? JSON.stringify({id}) : undefined;
    }
    apply({editingElement, value}) {
        editingElement.dataset.company = JSON.parse(value).id;
    }
    clean({editingElement}) {
        delete editingElement.dataset.company;
    }
}

class PlacesOptionPlugin extends Plugin {
    static id = "vtiPlacesOption";
    static shared = ["fetchChoices"];
    resources = {
        builder_options: [withSequence(DYNAMIC_SNIPPET, PlacesOption), withSequence(DYNAMIC_SNIPPET, WeekOption)],
        builder_actions: {PlacesCompanyAction},
        clean_for_save_handlers: ({root}) => {
            for (const live of root.querySelectorAll(".vti-block__live")) {
                live.replaceChildren();
            }
        },
    };

    fetchChoices() {
        this.choices ??= this.services.orm.call("vti.vacancy", "get_block_choices", []);
        return this.choices;
    }
}

registry.category("website-plugins").add(PlacesOptionPlugin.id, PlacesOptionPlugin);
