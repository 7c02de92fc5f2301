// Asks the device for a passkey and puts its answer into the form. Forms say what to ask in data-*.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (credentials) => credentials?.map((each) => ({ ...each, id: bytes(each.id) }));

function question({ publicKey }) {
  const asked = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.excludeCredentials) asked.excludeCredentials = listed(asked.excludeCredentials);
  if (asked.allowCredentials) asked.allowCredentials = listed(asked.allowCredentials);
  return { publicKey: asked };
}

function answer(credential) {
  const given = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) given[name] = text(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: given,
  };
}

async function ask(box) {
  const asked = question(JSON.parse(box.dataset.options));
  const made = await navigator.credentials[box.dataset.passkey](asked);
  const form = box.closest("form");
  form.elements.credential.value = JSON.stringify(answer(made));
  form.requestSubmit();
}

for (const box of window.PublicKeyCredential ? document.querySelectorAll("[data-passkey]") : []) {
  box.hidden = false;
  const said = box.querySelector("[data-said]");
  box.querySelector("button").addEventListener("click", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      await ask(box);
    } catch {
      said.textContent = box.dataset.failed;
    }
  });
}
