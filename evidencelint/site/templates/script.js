"use strict";
// Without this script every claim still leads to its card; it adds keys and filters, and keeps the text in place.
(() => {
  document.documentElement.classList.add("js");
  const marks = (number) => [...document.querySelectorAll(`a.c[data-n="${number}"]`)];
  const card = (number) => document.getElementById(`c${number}`);
  const chosen = () => {
    const match = /^#c(\d+)$/.exec(location.hash);
    return match && card(match[1]) ? Number(match[1]) : 0;
  };
  const reveal = (mark, sheet) => {
    const place = mark.getBoundingClientRect();
    const end = sheet.getBoundingClientRect();
    // on a phone the card covers the lower part of the text
    const below = end.width >= innerWidth ? end.top : innerHeight;
    if (place.top < 0 || place.bottom > below) scrollBy(0, place.top - below / 3);
  };
  const show = () => {
    for (const each of document.querySelectorAll(".card.on")) each.classList.remove("on");
    for (const each of document.querySelectorAll("a.c[aria-current]")) each.removeAttribute("aria-current");
    const number = chosen();
    if (!number) return;
    card(number).classList.add("on");
    const parts = marks(number);
    for (const each of parts) each.setAttribute("aria-current", "true");
    if (parts.length) reveal(parts[0], card(number).parentElement);
  };
  const choose = (number) => {
    // a change of the hash itself would scroll the text away
    history.pushState(null, "", number ? `#c${number}` : location.pathname);
    show();
  };
  const close = () => {
    const number = chosen();
    choose(0);
    marks(number)[0]?.focus({ preventScroll: true });
  };
  const step = (by) => {
    const faults = [...document.querySelectorAll("a.c[id]:not(.supported):not(.open):not(.off)")];
    const numbers = faults.map((each) => Number(each.dataset.n));
    if (!numbers.length) return;
    const next = by > 0 ? numbers.find((n) => n > chosen()) : numbers.filter((n) => n < chosen()).pop();
    choose(next ?? (by > 0 ? numbers[0] : numbers[numbers.length - 1]));
    marks(chosen())[0].focus({ preventScroll: true });
  };
  addEventListener("hashchange", show);
  addEventListener("popstate", show);
  addEventListener("click", (event) => {
    const link = event.target.closest("a.c, a.close");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.matches("a.close")) return close();
    choose(Number(link.dataset.n));
    // pressed with a key: whoever listens to the page goes on in the card
    if (event.detail === 0) card(link.dataset.n).focus({ preventScroll: true });
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "Escape" && chosen()) close();
  });
  addEventListener("change", (event) => {
    const shade = event.target.dataset.shade;
    if (!shade) return;
    for (const each of document.querySelectorAll(`a.c.${shade}`)) each.classList.toggle("off", !event.target.checked);
  });
  show();
})();
