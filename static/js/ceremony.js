// Asks every few seconds whether a seal has arrived; 304 means no. Without this script the page reloads.

const stage = document.querySelector("[data-ceremony]");
const EVERY = 3000;
let tag = stage.dataset.etag;

async function look() {
  try {
    const answer = await fetch("?teil=1", { headers: { "If-None-Match": tag }, cache: "no-store" });
    if (answer.status === 200) {
      tag = answer.headers.get("ETag");
      stage.innerHTML = await answer.text();
    }
    if (answer.ok || answer.status === 304) {
      const said = new Date(answer.headers.get("Date") ?? Date.now());
      const clock = new Intl.DateTimeFormat("de", { timeStyle: "medium", timeZone: stage.dataset.zone });
      document.querySelector("[data-now]").textContent = clock.format(said);
    }
  } finally {
    setTimeout(look, EVERY);
  }
}

setTimeout(look, EVERY);
