// The directory, a little faster: results while one types, and similar names. All of it also works without.

const WAIT = 250;

function slowly(act) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, WAIT);
  };
}

async function page(url, signal) {
  const answer = await fetch(url, { signal });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function search(form) {
  const part = `[data-part="${form.dataset.results}"]`;
  let running = new AbortController();

  async function show() {
    running.abort();
    running = new AbortController();
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const url = `${form.action}${asked.size ? `?${asked}` : ""}`;
    try {
      const found = (await page(url, running.signal)).querySelector(part);
      document.querySelector(part).replaceChildren(...found.childNodes);
      form.querySelector("[data-live]").textContent = document.querySelector(`${part} h2`).textContent;
      history.replaceState(null, "", url);
    } catch (error) {
      if (error.name !== "AbortError") form.submit();
    }
  }

  form.addEventListener("input", slowly(show));
}

function similar(form) {
  const list = form.querySelector("[data-similar-list]");

  async function show() {
    const asked = new URLSearchParams({ name: form.elements.name.value, but: form.dataset.but ?? "" });
    const found = await page(`${form.dataset.similar}?${asked}`).catch(() => null);
    if (found) list.replaceChildren(...found.body.childNodes);
  }

  form.elements.name.addEventListener("input", slowly(show));
}

document.querySelectorAll("form[data-search]").forEach(search);
document.querySelectorAll("form[data-similar]").forEach(similar);
