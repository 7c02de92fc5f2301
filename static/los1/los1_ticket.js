// A ticket once more from draw, secret number and identity (los1, section 1); nothing leaves the device.

const encoder = new TextEncoder();

/** 40 hex; identity as it stands on the receipt, of which only A-Z are lowered. */
export async function ticketOf(draw, nonce, identity) {
  const bytes = encoder.encode(`los1 ticket\n${draw}\n${nonce}\n${identity}\n`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 40);
}

/** What people type, without the spaces and capitals of a printed page. */
function read({ draw, nonce, identity }) {
  const lowered = identity.value.replace(/^ +| +$/g, "").replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const isReference = /^ref:/i.test(lowered);
  return {
    draw: draw.value.replace(/\s/g, "").toLowerCase(),
    nonce: nonce.value.replace(/[\s-]/g, "").toLowerCase(),
    identity: isReference ? `ref:${identity.value.trim().slice(4)}` : lowered,
  };
}

/** The name of the field that cannot be right, or nothing. */
function faulty({ draw, nonce, identity }) {
  if (!/^[a-z0-9-]{1,64}$/.test(draw)) return "draw";
  if (!/^[0-9a-f]{32}$/.test(nonce)) return "nonce";
  return /^(ref:[!-~]+|[!-?A-~]+@[!-?A-~]+)$/.test(identity) ? "" : "identity";
}

const form = globalThis.document?.querySelector("form[data-los1-ticket]");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const says = form.querySelector("[data-says]");
  const given = read(form.elements);
  const fault = faulty(given);
  form.dataset.state = fault ? "refused" : "done";
  if (fault) {
    says.textContent = form.dataset[fault];
    form.elements[fault].focus();
    return;
  }
  const ticket = await ticketOf(given.draw, given.nonce, given.identity);
  const short = `${ticket.slice(0, 4)}-${ticket.slice(4, 8)}`.toUpperCase();
  says.textContent = `${form.dataset.done} ${short} (${ticket})`;
});
if (form && globalThis.crypto?.subtle) form.hidden = false;
