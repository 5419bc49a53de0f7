// Filters the failures by what the form says, and opens them for a link or for paper.
// Without a script the page shows all of them, closed.
(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const failures = [...document.querySelectorAll(".failure")];
  const choices = [...form.querySelectorAll("select")];

  const filter = () => {
    let left = 0;
    for (const failure of failures) {
      failure.hidden = choices.some((c) => c.value && failure.dataset[c.name] !== c.value);
      left += !failure.hidden;
    }
    document.getElementById("left").textContent = left;
    document.getElementById("none-left").hidden = left > 0;
  };

  const openLinked = () => {
    const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!linked?.matches(".failure")) return;
    linked.hidden = false;
    linked.open = true;
    linked.scrollIntoView();
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", filter);
  form.addEventListener("click", (event) => {
    const opens = event.target.dataset.opens;
    if (!opens) return;
    for (const failure of failures) if (!failure.hidden) failure.open = opens === "true";
  });
  addEventListener("hashchange", openLinked);

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = failures.filter((failure) => !failure.open);
    for (const failure of closed) failure.open = true;
  });
  addEventListener("afterprint", () => {
    for (const failure of closed) failure.open = false;
  });

  filter(); // a browser keeps what was chosen when a page is loaded again
  openLinked();
})();
