import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const WIDTH = 640;
const HEIGHT = 520;
const MARGIN = 36;
const LETTER = 5.8; // how wide a letter of a town's name is
const STRETCH = 0.61; // a degree of longitude against one of latitude, in the Netherlands

/** Where places lack: a table of regions by trades, and the towns on a map. Every figure opens its list. */
export class SeasonBalance extends Component {
    static template = "vti_bpv.SeasonBalance";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.actionService = useService("action");
        this.state = useState({page: null, cell: null, view: "table"});
        this.size = {width: WIDTH, height: HEIGHT};
        onWillStart(() => this.load({}));
    }

    async load(changes) {
        const page = this.state.page || {season_id: null, level: null, trade_id: null};
        const wanted = {season_id: page.season_id, level: page.level, trade_id: page.trade_id, ...changes};
        this.state.page = await this.orm.call("vti.season", "get_balance", [], wanted);
        this.state.cell = null;
    }

    onSeason(ev) {
        return this.load({season_id: Number(ev.target.value)});
    }

    onLevel(ev) {
        return this.load({level: ev.target.value});
    }

    onTrade(ev) {
        return this.load({trade_id: Number(ev.target.value)});
    }

    /** How short or ample: from -3 to 3, by the share of the larger of the two. */
    getTone({places, students}) {
        const most = Math.max(places, students);
        if (!most) {
            return "none";
        }
        const share = (places - students) / most;
        if (share === 0) {
            return "even";
        }
        const step = Math.min(3, Math.ceil(Math.abs(share) * 3));
        return `${share < 0 ? "short" : "ample"}_${step}`;
    }

    getSign({balance}) {
        return balance > 0 ? `+${balance}` : String(balance);
    }

    getWords({places, students}) {
        return _t("%(places)s places, %(students)s students", {places, students});
    }

    choose(label, cell, params) {
        this.state.cell = {label, cell, params};
    }

    async open(model) {
        const {season_id, level} = this.state.page;
        const action = await this.orm.call("vti.season", "get_balance_list", [model], {
            season_id,
            level,
            ...this.state.cell.params,
        });
        return this.actionService.doAction({...action, name: this.state.cell.label});
    }

    /** Towns as circles: where they lie, how many it is about, and how short it is. */
    get points() {
        const towns = this.state.page.towns;
        const scale = this.getScale(towns);
        const most = Math.max(1, ...towns.map((town) => town.places + town.students));
        return towns.map((town) => ({
            ...town,
            ...scale(town),
            radius: 5 + 17 * Math.sqrt((town.places + town.students) / most),
            tone: this.getTone(town),
        }));
    }

    /** Towns whose name has room, below its circle or above it; the largest ones first. */
    get names() {
        const [points, names] = [this.points, []];
        for (const point of points) {
            const half = (point.town.length * LETTER) / 2;
            for (const y of [point.y + point.radius + 11, point.y - point.radius - 4]) {
                const name = {town: point.town, x: point.x, y, half};
                const isFree =
                    !names.some(
                        (other) => Math.abs(other.x - name.x) < other.half + half && Math.abs(other.y - y) < 12
                    ) && !points.some((other) => other !== point && this.covers(name, other));
                if (isFree) {
                    names.push(name);
                    break;
                }
            }
        }
        return names;
    }

    covers(name, point) {
        const aside = Math.max(0, Math.abs(point.x - name.x) - name.half);
        const above = Math.max(0, Math.abs(point.y - (name.y - 4)) - 5);
        return Math.hypot(aside, above) < point.radius;
    }

    getScale(towns) {
        const xs = towns.map((town) => town.longitude * STRETCH);
        const ys = towns.map((town) => town.latitude);
        const [left, right] = [Math.min(...xs), Math.max(...xs)];
        const [bottom, top] = [Math.min(...ys), Math.max(...ys)];
        const factor = Math.min(
            (WIDTH - 2 * MARGIN) / Math.max(right - left, 0.05),
            (HEIGHT - 2 * MARGIN) / Math.max(top - bottom, 0.05)
        );
        return (town) => ({
            x: WIDTH / 2 + (town.longitude * STRETCH - (left + right) / 2) * factor,
            y: HEIGHT / 2 - (town.latitude - (bottom + top) / 2) * factor,
        });
    }

    onKey(ev, point) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            this.chooseTown(point);
        }
    }

    chooseTown(point) {
        this.choose(point.town, point, {town: point.town, trade_id: this.state.page.trade_id || -1});
    }
}

registry.category("actions").add("vti_bpv.season_balance", SeasonBalance);
