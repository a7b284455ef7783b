import {AddFontDialog} from "@website/builder/plugins/font/add_font_dialog";
import {patch} from "@web/core/utils/patch";

/** A font is uploaded, never taken from Google: it would see who edits our pages, and later who reads them. */
patch(AddFontDialog.prototype, {
    async save(state) {
        return state.uploadedFontFaces ? super.save(state) : false;
    },
});
