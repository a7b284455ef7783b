/* In the frame: tell the page around it how high the list is. */
(() => {
    const tell = () => parent.postMessage({vtiHeight: document.documentElement.offsetHeight}, "*");
    new ResizeObserver(tell).observe(document.documentElement);
    tell();
})();
