() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ANSWERS = "#conversation [data-testid=bot]";

  // A marker [N] leads to card N. A marker of an earlier answer first has that answer's
  // evidence brought back (the server does, on the same click); the card is lit once it is there.
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let wanted = null;

  const light = () => {
    const panel = document.querySelector("#evidence .panel");
    if (!wanted || panel?.dataset.turn !== wanted.turn) return;
    const card = document.getElementById(wanted.card);
    wanted = null;
    if (!card) return;
    all("#evidence .card.active").forEach((lit) => lit.classList.remove("active"));
    card.classList.add("active");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "nearest" });
  };

  const shownTurn = () => document.querySelector("#evidence .panel")?.dataset.turn;

  const turnOf = (marker) => {
    const message = marker.closest(ANSWERS);
    return message ? String(all(ANSWERS).indexOf(message)) : shownTurn();
  };

  const follow = (marker) => {
    wanted = { turn: turnOf(marker), card: marker.getAttribute("href").slice(1) };
    light();
  };

  // One click copies an answer with its references; the button says whether it worked.
  const copy = async (button) => {
    const before = button.textContent;
    let said = "Copied";
    try {
      await navigator.clipboard.writeText(button.value);
    } catch {
      said = "The browser does not allow copying here";
    }
    button.textContent = said;
    setTimeout(() => (button.textContent = before), 2000);
  };

  document.addEventListener("click", (event) => {
    const marker = event.target.closest?.('a[href^="#cite-"]');
    if (marker) {
      event.preventDefault();
      follow(marker);
    }
    const button = event.target.closest?.("#conversation button.copy");
    if (button) copy(button);
    if (event.target.closest?.("#evidence button.open")) opener = event.target.closest("button");
    if (event.target.matches?.("#reader .html-container, #reader")) closeReader();
  });

  // The reading pane is a dialog: it takes the focus, keeps it, and gives it back.
  let opener = null;
  let isOpen = false;

  const closeReader = () => document.querySelector("#reader .close")?.click();

  const attend = () => {
    const pane = document.querySelector("#reader .reader");
    if (pane && !pane.dataset.met) {
      pane.dataset.met = "yes";
      pane.querySelector("mark, .cited")?.scrollIntoView({ block: "center" });
      pane.querySelector(".close").focus({ preventScroll: true });
    }
    if (!pane && isOpen) opener?.focus({ preventScroll: true });
    isOpen = Boolean(pane);
  };

  const keepInside = (event, pane) => {
    const stops = [...pane.querySelectorAll("button, [tabindex='0']")];
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== edge && pane.contains(document.activeElement)) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  };

  document.addEventListener("keydown", (event) => {
    const pane = document.querySelector("#reader .reader");
    if (!pane) return;
    if (event.key === "Escape") closeReader();
    if (event.key === "Tab") keepInside(event, pane);
  });

  // What is new comes into sight from its question on, as far up as the conversation goes.
  let seen = "";

  const showLast = () => {
    const questions = all("#conversation .user-row");
    const now = `${questions.length} ${all(`${ANSWERS} .answer`).length}`;
    if (now === seen) return;
    seen = now;
    const pane = document.querySelector("#conversation .panel-wrap");
    const last = questions[questions.length - 1];
    if (pane && last) {
      pane.scrollTop += last.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    }
  };

  // Gradio names a message by its HTML source, and its send button not at all.
  const name = () => {
    all('#conversation [data-testid][aria-label*="<"]').forEach((message) => {
      message.setAttribute("aria-label", message.dataset.testid === "bot" ? "Answer" : "Question");
    });
    document.querySelector("#question button:not([aria-label])")?.setAttribute("aria-label", "Ask");
  };

  const watch = new MutationObserver(() => {
    light();
    name();
    attend();
    showLast();
  });
  watch.observe(document.body, { childList: true, subtree: true });
}
