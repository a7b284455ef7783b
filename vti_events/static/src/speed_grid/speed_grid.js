import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** The plan of a speed-date: rounds beside each other, tables below each other; a talk is dragged to its place. */
export class SpeedGrid extends Component {
    static template = "vti_events.SpeedGrid";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.dateId = this.props.action.context.speed_date_id || this.props.action.context.active_id;
        this.state = useState({grid: null, picked: null, find: "", proposal: null});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.grid = await this.orm.call("vti.speed.date", "action_get_grid", [[this.dateId]]);
        this.state.picked = null;
    }

    /** A talk of the student that is looked for. */
    isFound(cell) {
        const find = this.state.find.trim().toLowerCase();
        return Boolean(find && cell.student.toLowerCase().includes(find));
    }

    lockLabel(cell) {
        return cell.locked ? _t("Unlock the talk of %s", cell.student) : _t("Lock the talk of %s", cell.student);
    }

    onDragStart(event, cell) {
        event.dataTransfer.setData("text/plain", String(cell.talk));
        event.dataTransfer.effectAllowed = "move";
        this.state.picked = cell.talk;
    }

    onDragEnd() {
        this.state.picked = null;
    }

    /** With a keyboard or a finger: first the talk, then the place. */
    onPick(row, cell) {
        if (this.state.picked && this.state.picked !== cell.talk) {
            return this.move(this.state.picked, row, cell);
        }
        this.state.picked = this.state.picked === cell.talk ? null : cell.talk || null;
    }

    onDrop(row, cell) {
        const talk = this.state.picked;
        if (talk && talk !== cell.talk) {
            return this.move(talk, row, cell);
        }
    }

    async move(talk, row, cell) {
        this.state.picked = null;
        const place = [talk, cell.round, row.company, row.table];
        const found = await this.orm.call("vti.speed.date", "action_try_move", [[this.dateId], ...place]);
        if (found.never.length) {
            this.notification.add(found.never.join("\n"), {type: "danger", title: _t("This can't be")});
            return;
        }
        const version = this.state.grid.version;
        const apply = async () => {
            await this.orm.call("vti.speed.date", "action_move", [[this.dateId], ...place, version]);
            await this.load();
        };
        const body = [...found.warnings];
        if (found.cost > 0) {
            body.push(_t("It costs %s points of wishes.", found.cost));
        }
        if (!body.length) {
            return apply();
        }
        this.dialog.add(ConfirmationDialog, {
            title: _t("Move this talk?"),
            body: body.join("\n"),
            confirmLabel: _t("Move and lock"),
            confirm: apply,
            cancel: () => {},
        });
    }

    /** The ways to go on from a round, by default the next one. */
    async propose(first) {
        this.state.proposal = await this.orm.call("vti.speed.date", "action_propose", [[this.dateId], first || null]);
    }

    onFirst(event) {
        return this.propose(Number(event.target.value));
    }

    async take(key) {
        const {first, version} = this.state.proposal;
        this.state.proposal = null;
        await this.orm.call("vti.speed.date", "action_take_option", [[this.dateId], first, version, key]);
        await this.load();
        this.notification.add(_t("Everybody sees the new plan within half a minute."), {type: "success"});
    }

    async markAbsent() {
        const number = await this.orm.call("vti.speed.date", "action_mark_absent", [[this.dateId]]);
        this.notification.add(_t("%s students are noted as absent.", number), {type: "info"});
        await this.load();
        await this.propose(null);
    }

    askAbsent() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Who hasn't checked in is absent?"),
            body: _t("Their talks become free for others. Who checks in later takes part again."),
            confirmLabel: _t("Note as absent"),
            confirm: () => this.markAbsent(),
            cancel: () => {},
        });
    }

    async toggleLock(cell) {
        await this.orm.call("vti.speed.date", "action_toggle_lock", [[this.dateId], cell.talk]);
        await this.load();
    }
}

registry.category("actions").add("vti_events.speed_grid", SpeedGrid);
