import {Component, useEffect, xml} from "@odoo/owl";
import {ConnectionLostError} from "@web/core/network/rpc";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const BUSY = ["queued", "running"];
const PAUSE = 1500; // milliseconds

/** Read a form again and again while a cron works on its record, up to and with the end. Shows nothing itself. */
export class ReloadWhileBusy extends Component {
    static template = xml``;
    static props = {...standardWidgetProps};

    setup() {
        useEffect(
            (isBusy) => {
                let timer = null;
                const wait = () => {
                    timer = browser.setTimeout(async () => {
                        await this.reload();
                        if (timer) {
                            wait();
                        }
                    }, PAUSE);
                };
                if (isBusy) {
                    wait();
                }
                return () => {
                    browser.clearTimeout(timer);
                    timer = null;
                };
            },
            () => [BUSY.includes(this.props.record.data.state)]
        );
    }

    async reload() {
        try {
            await this.props.record.load();
        } catch (error) {
            // the server is away for a moment: it is asked again
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        }
    }
}

registry.category("view_widgets").add("vti_reload_while_busy", {component: ReloadWhileBusy});
