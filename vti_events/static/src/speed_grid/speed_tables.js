import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";

/** How many tables a company has left, and until when it stays. */
export class SpeedTables extends Component {
    static template = "vti_events.SpeedTables";
    static components = {Dialog};
    static props = {row: Object, rounds: Array, confirm: Function, close: Function};

    setup() {
        this.state = useState({tables: this.props.row.tables, left: this.props.row.left || ""});
    }

    async save() {
        await this.props.confirm(Number(this.state.tables), Number(this.state.left) || false);
        this.props.close();
    }
}
