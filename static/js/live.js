// Follows a draw in the hall: asks whether something has happened, counts down, reads out once.

const stage = document.querySelector("[data-live]");
const EVERY = 2000;
let tag = stage.dataset.etag;
let shownAt = performance.now();
const said = new Set(sentences());

function sentences() {
  return Array.from(stage.querySelectorAll("[data-say]"), (each) => each.dataset.say).filter(Boolean);
}

function count() {
  for (const each of stage.querySelectorAll("[data-left]")) {
    const left = Math.max(0, Math.round(each.dataset.left - (performance.now() - shownAt) / 1000));
    const [hours, minutes, seconds] = [left / 3600, (left / 60) % 60, left % 60].map(Math.floor);
    const two = (number) => String(number).padStart(2, "0");
    each.textContent = hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  }
}

function readOut() {
  const fresh = sentences().filter((each) => !said.has(each));
  if (fresh.length) document.querySelector("[data-said]").textContent = fresh.join(". ");
  for (const each of fresh) said.add(each);
}

async function look() {
  try {
    const answer = await fetch("?teil=1", { headers: { "If-None-Match": tag }, cache: "no-store" });
    if (answer.status === 200) {
      tag = answer.headers.get("ETag");
      stage.innerHTML = await answer.text();
      shownAt = performance.now();
      readOut();
    }
    if (answer.ok || answer.status === 304) {
      const at = new Date(answer.headers.get("Date") ?? Date.now());
      const options = { timeStyle: "medium", timeZone: stage.dataset.zone };
      document.querySelector("[data-now]").textContent = new Intl.DateTimeFormat("de", options).format(at);
    }
  } finally {
    setTimeout(look, EVERY);
  }
}

setInterval(count, 500);
setTimeout(look, EVERY);
