// Keeps what is typed into a long form, some seconds after the last key. A button does it without this script.

const WAIT = 4000;
const form = document.querySelector("form[data-keep]");

async function keep() {
  const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form) });
  if (!answer.ok) return;
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
  form.querySelector("[data-kept]").textContent = `✓ ${clock.format(new Date())}`;
}

if (form) {
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep().catch(() => {}), WAIT);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
