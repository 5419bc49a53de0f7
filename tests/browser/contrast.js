() => {
  // Every visible stretch of text whose colour stands out too little from what it stands on,
  // as "ratio: text". WCAG 2.2 AA: 4.5, and 3 for large text. Painted colours, so that any
  // notation and any translucent layer counts as a reader sees it.
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext("2d", { willReadFrequently: true });

  const painted = (layers) => {
    brush.clearRect(0, 0, 1, 1);
    for (const layer of layers) {
      brush.fillStyle = layer;
      brush.fillRect(0, 0, 1, 1);
    }
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };

  const layersBehind = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      layers.unshift(getComputedStyle(each).backgroundColor);
    }
    return ["white", ...layers];
  };

  const luminance = (colour) => {
    const [red, green, blue] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  const contrast = (one, other) => {
    const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  };

  const least = (style) => {
    const size = parseFloat(style.fontSize);
    return size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
  };

  const isSeen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest("script, style, [disabled]") &&
    element.getBoundingClientRect().width > 1;

  const faint = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const said = texts.currentNode.textContent.trim();
    if (!said || !isSeen(element)) continue;
    const style = getComputedStyle(element);
    const behind = layersBehind(element);
    const ratio = contrast(painted([...behind, style.color]), painted(behind));
    if (ratio < least(style)) faint.add(`${ratio.toFixed(2)}: ${said.slice(0, 60)}`);
  }
  return [...faint];
};
