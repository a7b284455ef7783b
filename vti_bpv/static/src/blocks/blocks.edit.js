import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

/** Shows a block's places while the page is edited, anew at each change of an option; they are never saved. */
export class PlacesBlock extends Interaction {
    static selector = ".s_vti_places, .s_vti_week";

    async willStart() {
        const block = this.el.querySelector("[data-vti-block]");
        const list = block.querySelector(".vti-block__plain a").pathname;
        const part = block.dataset.vtiBlock === "week" ? "/block/week" : "/block";
        const asked = new URLSearchParams(Object.entries(this.el.dataset));
        const answer = await this.waitFor(fetch(`${list}${part}?${asked}`).catch(() => null));
        this.html = answer && answer.ok ? await this.waitFor(answer.text()) : "";
    }

    start() {
        this.el.querySelector(".vti-block__live").innerHTML = this.html;
    }

    destroy() {
        this.el.querySelector(".vti-block__live").replaceChildren();
    }
}

registry.category("public.interactions.edit").add("vti_bpv.places_block", {Interaction: PlacesBlock});
