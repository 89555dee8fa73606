// The page's only script of its own: marks are buttons, their value says which source is wanted.
// It reads nothing from an article; it moves a button's value into the hidden box that Gradio
// listens to, keeps the chosen mark lit, and scrolls.
(() => {
  "use strict";
  let clicks = 0, wish = false, lastPane = null, lastTurn = null, due = false;
  const one = (selector) => document.querySelector(selector);
  const narrow = matchMedia("(max-width: 820px)");

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#talk button[value], #live button[value], #source button[value]");
    const box = one("#wanted textarea, #wanted input");
    if (!button || !box) return;
    if (button.value === "back") {
      one("#talk button.m.on")?.scrollIntoView({ block: "center" });
      return;
    }
    box.value = `${button.value} ${++clicks}`;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    wish = true;
  });

  function settle() {
    due = false;
    for (const id of ["talk", "live"]) one(`#${id}`)?.setAttribute("aria-live", "polite");
    const pane = one("#source .pane");
    const key = pane?.id.replace("shown-", "").replaceAll("-", ".") ?? "";
    if (pane && pane !== lastPane) {
      lastPane = pane;
      const column = one("#right"), mark = pane.querySelector("mark");
      if (column && mark && column.scrollHeight > column.clientHeight) {
        const at = mark.getBoundingClientRect().top - column.getBoundingClientRect().top;
        column.scrollTop += at - column.clientHeight / 3;
      }
      if (wish && narrow.matches) (mark ?? pane).scrollIntoView({ block: "center" });
      wish = false;
    }
    for (const button of document.querySelectorAll("#talk button.m")) {
      const on = key === button.value || key.startsWith(`${button.value}.`);
      button.classList.toggle("on", on);
      button.setAttribute("aria-pressed", String(on));
    }
    const turns = document.querySelectorAll("#talk .turn, #live .turn");
    const turn = turns[turns.length - 1];
    if (turn && turn !== lastTurn) {
      lastTurn = turn;
      turn.scrollIntoView({ block: "start" });
    }
  }

  new MutationObserver(() => {
    if (!due) { due = true; requestAnimationFrame(settle); }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
