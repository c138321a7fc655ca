/** What a page shows without words, and axe does not look at: edges of fields, ticks, arrows, dots, the line below a tab. */
import type { Page } from 'playwright-core';

/** In the browser: each sign that has less contrast than 3 with what is around it (WCAG 2.2, 1.4.11), once. */
const search = `(async () => {
  // A colour may be on its way to another.
  const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.allSettled(transitions.map(({ finished }) => finished));
  const read = (text) => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
    return text.startsWith('color(srgb') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
  };
  const over = ([r, g, b, a], [R, G, B]) => [[r, R], [g, G], [b, B]].map(([above, below]) => above * a + below * (1 - a));
  const behind = (element) => {
    if (!element) return [255, 255, 255];
    const colour = read(getComputedStyle(element).backgroundColor);
    return colour[3] === 1 ? colour : over(colour, behind(element.parentElement));
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (colour, ground) => {
    const [a, b] = [over(colour, ground), ground].map(light).sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const faint = new Set();
  const look = (what, colour, ground) => {
    const found = contrast(read(colour), ground);
    if (found < 3) faint.add(what + ' ' + found.toFixed(2));
  };
  const isOn = (element) => element.checkVisibility({ opacityProperty: true }) && !element.closest(':disabled, [aria-disabled=true]');
  const all = (selector) => [...document.querySelectorAll(selector)].filter(isOn);
  for (const field of all('input:not([type=file], [type=radio]), select, textarea'))
    look('edge of a ' + field.localName + ' ' + field.type, getComputedStyle(field).borderTopColor, behind(field.parentElement));
  for (const icon of all('svg')) {
    const { color, transform } = getComputedStyle(icon);
    const box = icon.getBoundingClientRect();
    const ground = icon.parentElement.querySelector('input:checked, input:indeterminate') ?? icon.parentElement.querySelector('select') ?? icon.parentElement;
    if (box.width > 4 && read(color)[3] > 0) look('icon of ' + icon.parentElement.className, color, behind(ground));
  }
  for (const element of all('main *, .top *, dialog *'))
    for (const part of ['::before', '::after']) {
      const { content, width, backgroundColor } = getComputedStyle(element, part);
      const hasColour = read(backgroundColor)[3] > 0;
      if (content !== 'none' && parseFloat(width) < 16 && hasColour) look(part + ' of ' + element.innerText, backgroundColor, behind(element));
    }
  for (const tab of all('[role=tab][aria-selected=true]'))
    look('line below a tab', getComputedStyle(tab).borderBottomColor, behind(tab.parentElement));
  return [...faint];
})()`;

export const faintSigns = (page: Page): Promise<string[]> => page.evaluate<string[]>(search);
