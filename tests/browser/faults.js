/* What is wrong with what the page shows just now, for tests that look at every view. */
({
  /** What can be hit but is smaller than `least`; links in the middle of a text aside, which are as high as its lines. */
  tooSmall(least) {
    const targets =
      "a[href], button, input:not([type=hidden], :disabled), select, textarea, summary, [role=switch], [role=option], [role=menuitem], [role=gridcell][tabindex]";
    const isSeen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.closest("[inert], [aria-hidden=true]") === null;
    const isInText = (element) => element.matches("a") && [...element.parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "");
    const drawnAround = (element, pseudo) => {
      const { content, position, width, height } = getComputedStyle(element, pseudo);
      return content === "none" || position !== "absolute" ? [] : [{ width: parseFloat(width), height: parseFloat(height) }];
    };
    return [...document.querySelectorAll(targets)]
      .filter((element) => isSeen(element) && !isInText(element))
      .flatMap((element) => {
        const own = element.getBoundingClientRect();
        if (own.width <= 1 && own.height <= 1) return []; // for those alone who hear the page
        const labels = [...(element.labels ?? [])].map((label) => label.getBoundingClientRect());
        const rows = element.matches("[data-title]") ? [element.closest("[data-row]").getBoundingClientRect()] : []; // which does the same
        const boxes = [own, ...labels, ...rows, ...drawnAround(element, "::before"), ...drawnAround(element, "::after")];
        const [width, height] = ["width", "height"].map((side) => Math.round(Math.max(...boxes.map((box) => box[side] || 0))));
        const name = element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 40);
        return width >= least && height >= least ? [] : [`${element.localName} ${name}: ${width} by ${height}`];
      });
  },

  /** What reaches beyond the window, where the window can be moved sideways. */
  tooWide() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
    const innermost = beyond.filter((element) => element.children.length === 0);
    return [`${scrollWidth} in ${clientWidth}`, ...innermost.slice(0, 4).map((element) => element.outerHTML.slice(0, 160))];
  },

  /** Where a line is longer than one reads, or what belongs together stands far apart. */
  adrift() {
    const main = document.querySelector("main");
    const parts = [...main.children].filter((element) => element.checkVisibility() && element.getBoundingClientRect().height > 1).map((element) => element.getBoundingClientRect());
    const [heading, left, right] = [document.querySelector("h1").getBoundingClientRect().left, Math.min(...parts.map((box) => box.left)), Math.max(...parts.map((box) => box.right))];
    const most = 90 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    return [
      ...(Math.abs(left - heading) > 64 ? [`its heading stands at ${Math.round(heading)}, and it begins at ${Math.round(left)}`] : []),
      ...(right - left > most ? [`it is ${Math.round(right - left)} wide`] : []),
    ];
  },

  /** Whether one sees where the focus is. */
  focusIsSeen() {
    const focused = document.activeElement;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
    return focused.matches(":focus-visible") && ((outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none");
  },
})
