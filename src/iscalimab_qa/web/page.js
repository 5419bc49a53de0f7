() => {
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
    document.querySelectorAll("#evidence .card.active").forEach((lit) => lit.classList.remove("active"));
    card.classList.add("active");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "nearest" });
  };

  const shownTurn = () => document.querySelector("#evidence .panel")?.dataset.turn;

  const turnOf = (marker) => {
    const message = marker.closest("#conversation [data-testid=bot]");
    if (!message) return shownTurn();
    return String([...document.querySelectorAll("#conversation [data-testid=bot]")].indexOf(message));
  };

  document.addEventListener("click", (event) => {
    const marker = event.target.closest?.('a[href^="#cite-"]');
    if (!marker) return;
    event.preventDefault();
    wanted = { turn: turnOf(marker), card: marker.getAttribute("href").slice(1) };
    light();
  });

  // Gradio names a message by its HTML source, and its send button not at all.
  const name = () => {
    document.querySelectorAll('#conversation [data-testid][aria-label*="<"]').forEach((message) => {
      message.setAttribute("aria-label", message.dataset.testid === "bot" ? "Answer" : "Question");
    });
    document.querySelector("#question button:not([aria-label])")?.setAttribute("aria-label", "Ask");
  };

  const watch = new MutationObserver(() => {
    light();
    name();
  });
  watch.observe(document.body, { childList: true, subtree: true });
}
