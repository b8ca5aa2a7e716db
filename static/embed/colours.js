// Colours that suit the page around an element: which five hues, and whether the accent asked for can be seen.
const ENOUGH = { text: 4.5, shape: 3 }; // contrast, WCAG 2.2
const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

// Red, green, blue and alpha of a colour, 0 to 255; null for what is none.
function rgb(colour) {
  const read = ["#000", "#fff"].map((start) => {
    pixel.fillStyle = start;
    pixel.fillStyle = colour; // keeps the colour of before where it is none
    return pixel.fillStyle;
  });
  if (read[0] !== read[1]) return null;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillRect(0, 0, 1, 1);
  return [...pixel.getImageData(0, 0, 1, 1).data];
}

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((one) =>
    one <= 10 ? one / 3294.6 : ((one / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

// The first ground that is no glass, from the element outwards.
function ground(element) {
  for (let one = element; one; one = one.assignedSlot ?? one.parentElement ?? one.getRootNode().host) {
    const colour = rgb(getComputedStyle(one).backgroundColor);
    if (colour?.[3] > 127) return colour;
  }
  const scheme = getComputedStyle(element).colorScheme;
  const isDark = scheme === "dark" || (/dark/.test(scheme) && matchMedia("(prefers-color-scheme: dark)").matches);
  return isDark ? [18, 18, 18] : [255, 255, 255];
}

const css = ([red, green, blue]) => `rgb(${red} ${green} ${blue})`;

// Whether the page is dark, and a rule with accent, its text and the muted text. Without enough contrast: ink.
export function coloursOf(element) {
  const ink = rgb(getComputedStyle(element).color) ?? [0, 0, 0];
  const paper = ground(element);
  const wanted = rgb(element.getAttribute("accent") ?? "");
  const isSeen = wanted && wanted[3] === 255 && contrast(wanted, paper) >= ENOUGH.shape;
  const accent = isSeen ? wanted : ink;
  const [black, white] = [[0, 0, 0], [255, 255, 255]];
  const onAccent = contrast(black, accent) > contrast(white, accent) ? black : white;
  const mixed = ink.map((one, index) => one * 0.74 + paper[index] * 0.26);
  const mute = contrast(mixed, paper) >= ENOUGH.text ? mixed.map(Math.round) : ink;
  return {
    isDark: luminance(ink) > luminance(paper),
    rule: `:host { --accent: ${css(accent)}; --on-accent: ${css(onAccent)}; --mute: ${css(mute)}; }`,
  };
}
