// "Is my ticket in?": searches the reader's own copy of pool.txt, so that no address meets a ticket.

const form = document.querySelector("[data-ticket-search]");

async function lines(url) {
  const answer = await fetch(url);
  return (await answer.text()).split("\n");
}

async function search(typed) {
  const wanted = typed.toLowerCase().replace(/[^0-9a-f]/g, "");
  if (wanted.length < 8) return form.dataset.short;
  const ticket = (await lines(form.dataset.pool)).find((line) => line.length >= 40 && line.startsWith(wanted));
  if (!ticket) return form.dataset.out;
  if (!form.dataset.result) return form.dataset.in;
  const place = (await lines(form.dataset.result)).find((line) => line.endsWith(` ${ticket.slice(0, 40)}`));
  return place ? `${form.dataset.in} ${form.dataset.place} ${place.split(" ")[0]}` : form.dataset.in;
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  form.querySelector("[data-answer]").textContent = await search(form.querySelector("input").value);
});
