/* Shows the open places of VTI's site on another site, as high as they are:
   <script src="https://…/vti_bpv/static/embed/places.js" data-list="company=12" async></script> */
(() => {
    const script = document.currentScript;
    const origin = new URL(script.src).origin;
    const frame = document.createElement("iframe");
    frame.src = `${origin}/stages/embed?${script.dataset.list || ""}&fit=1`;
    frame.title = script.dataset.title || "Stages";
    frame.loading = "lazy";
    frame.style.cssText = "width:100%;height:600px;border:0";
    addEventListener("message", (event) => {
        const height = event.origin === origin && event.source === frame.contentWindow && event.data?.vtiHeight;
        if (Number.isFinite(height)) {
            frame.style.height = `${Math.min(Math.max(height, 100), 20000)}px`;
        }
    });
    script.after(frame);
})();
