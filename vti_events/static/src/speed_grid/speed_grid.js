import {Component, onWillStart, useExternalListener, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {SpeedTables} from "./speed_tables";

/** The plan of a speed-date: rounds beside each other, tables below each other. A talk goes to another place by
 *  dragging it, by choosing it and then the place, or with the lists that appear when it is chosen. */
export class SpeedGrid extends Component {
    static template = "vti_events.SpeedGrid";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.action = useService("action");
        this.dateId = this.props.action.context.speed_date_id || this.props.action.context.active_id;
        this.state = useState({
            grid: null,
            picked: null,
            find: "",
            proposal: null,
            said: "",
            dragging: false,
            to: {round: 0, table: ""},
        });
        const onEscape = (event) => event.key === "Escape" && this.state.picked && this.unpick();
        useExternalListener(window, "keydown", onEscape, {capture: true});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.grid = await this.orm.call("vti.speed.date", "action_get_grid", [[this.dateId]]);
        this.state.picked = null;
    }

    /** Change something; where it can't be, show what the plan has become in the meantime. */
    async change(method, ...args) {
        try {
            return await this.orm.call("vti.speed.date", method, [[this.dateId], ...args]);
        } finally {
            await this.load();
        }
    }

    /** A talk of the student that is looked for. */
    isFound(cell) {
        const find = this.state.find.trim().toLowerCase();
        return Boolean(find && cell.student.toLowerCase().includes(find));
    }

    isOpen(cell) {
        return !cell.begun && !this.state.grid.closed;
    }

    lockLabel(cell) {
        return cell.locked ? _t("Unlock the talk of %s", cell.student) : _t("Lock the talk of %s", cell.student);
    }

    talkLabel(row, cell) {
        const turn = this.state.grid.rounds.find((one) => one.id === cell.round);
        return _t("%(student)s, round %(round)s, %(company)s table %(table)s", {
            student: cell.student,
            round: turn.number,
            company: row.name,
            table: row.table,
        });
    }

    freeLabel(row, cell) {
        return this.talkLabel(row, {...cell, student: _t("Free")});
    }

    rowKey(row) {
        return `${row.company}-${row.table}`;
    }

    seat(row) {
        return `${row.room} ${row.table}`.trim();
    }

    get pickedTalk() {
        for (const row of this.state.grid.rows) {
            const cell = row.cells.find((one) => one.talk === this.state.picked);
            if (cell) return {row, cell};
        }
        return null;
    }

    onDragStart(event, row, cell) {
        event.dataTransfer.setData("text/plain", String(cell.talk));
        event.dataTransfer.effectAllowed = "move";
        this.state.dragging = true; // nothing may shift under the hand
        this.pick(row, cell);
    }

    pick(row, cell) {
        this.state.picked = cell.talk;
        this.state.to = {round: cell.round, table: this.rowKey(row)};
        this.state.said = _t("Chosen: %s. Now choose the new place.", cell.student);
    }

    unpick() {
        this.state.picked = null;
        this.state.dragging = false;
        this.state.said = "";
    }

    /** With a keyboard or a finger: first the talk, then the place. */
    onPick(row, cell) {
        if (this.state.picked && this.state.picked !== cell.talk) {
            return this.move(this.state.picked, row, cell);
        }
        if (this.state.picked || !cell.talk) return this.unpick();
        this.pick(row, cell);
    }

    onDrop(row, cell) {
        const talk = this.state.picked;
        if (talk && talk !== cell.talk) {
            return this.move(talk, row, cell);
        }
        this.unpick();
    }

    /** From the lists: round and table. */
    onMoveTo() {
        const row = this.state.grid.rows.find((one) => this.rowKey(one) === this.state.to.table);
        const cell = row.cells.find((one) => one.round === Number(this.state.to.round));
        return this.onDrop(row, cell);
    }

    async move(talk, row, cell) {
        this.unpick();
        const place = [talk, cell.round, row.company, row.table];
        const found = await this.orm.call("vti.speed.date", "action_try_move", [[this.dateId], ...place]);
        if (found.never.length) {
            this.notification.add(found.never.join("\n"), {type: "danger", title: _t("This can't be")});
            return;
        }
        const version = this.state.grid.version;
        const apply = async () => {
            await this.change("action_move", ...place, version);
            this.state.said = _t("Moved and locked.");
            this.notification.add(this.state.said, {type: "success"});
        };
        const body = [...found.warnings, ...found.wishes];
        if (found.cost > 0) body.push(_t("It costs %s points of wishes.", found.cost));
        if (found.cost < 0) body.push(_t("It brings %s points of wishes.", -found.cost));
        if (!body.length) return apply();
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
        await this.change("action_take_option", first, version, key);
        this.notification.add(_t("Everybody sees the new plan within half a minute."), {type: "success"});
    }

    async markAbsent() {
        const number = await this.change("action_mark_absent");
        this.notification.add(_t("%s students are noted as absent.", number), {type: "info"});
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

    /** A table that goes, or a company that leaves early. */
    askTables(row) {
        const {rounds, version, live} = this.state.grid;
        this.dialog.add(SpeedTables, {
            row,
            rounds: rounds.filter((turn) => !turn.begun || turn.id === row.left),
            confirm: async (tables, left) => {
                await this.change("action_change_tables", row.company, tables, left, version);
                if (live) await this.propose(null);
            },
        });
    }

    async publish() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Publish the plan?"),
            body: _t("Everybody gets a mail with the way to their own plan."),
            confirmLabel: _t("Publish the plan"),
            confirm: async () => {
                await this.change("action_publish");
                this.notification.add(_t("The plan is published."), {type: "success"});
            },
            cancel: () => {},
        });
    }

    toggleLock(cell) {
        return this.change("action_toggle_lock", cell.talk);
    }
}

registry.category("actions").add("vti_events.speed_grid", SpeedGrid);
