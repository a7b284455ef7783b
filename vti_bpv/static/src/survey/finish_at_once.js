import {SurveyForm} from "@survey/interactions/survey_form";
import {patch} from "@web/core/utils/patch";

/**
 * Send a questionnaire with its last button. Odoo asks "are you sure?" in a dialog, and on a phone people close the page
 * before it: their answers are lost. A test that gives points still asks.
 */
patch(SurveyForm.prototype, {
    onSubmit(ev) {
        const isLast = ev.currentTarget.value === "finish" && !this.options.sessionInProgress;
        if (!isLast || this.options.scoringType !== "no_scoring") {
            return super.onSubmit(ev);
        }
        ev.preventDefault();
        return this.submitForm({isFinish: true});
    },
});
