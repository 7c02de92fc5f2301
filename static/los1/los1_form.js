// The form around the los1 verifier: files chosen by hand, or those of the page's own draw.
// Nothing that is chosen or typed leaves the device.

import { Fault, NAMES, verify } from "./los1.js";

/** The chosen files by name; a browser that saves twice writes "pool (1).txt". */
async function chosen(list) {
  const files = new Map();
  for (const file of list) {
    const name = file.name.toLowerCase().replace(/ ?\(\d+\)(?=\.txt$)/, "");
    if (!NAMES.includes(name)) continue;
    if (files.has(name)) throw new Fault(`${name} line 1: there are two files of this name, choose those of one draw`);
    files.set(name, new Uint8Array(await file.arrayBuffer()));
  }
  return files;
}

/** The files of a page's own draw. */
async function published(form) {
  const files = new Map();
  for (const name of form.dataset.names.split(" ").filter((each) => NAMES.includes(each))) {
    const answer = await fetch(form.dataset.folder + name);
    if (!answer.ok) throw new Fault(`${name} line 1: cannot be read: HTTP ${answer.status}`);
    files.set(name, new Uint8Array(await answer.arrayBuffer()));
  }
  return files;
}

/** Verify in a thread of its own; the copy for offline, and old browsers, have none. */
function inThread(address, files, given, tell) {
  return new Promise((resolve, reject) => {
    const thread = new Worker(address, { type: "module" });
    const end = (settle, value) => {
      thread.terminate();
      settle(value);
    };
    thread.onmessage = ({ data }) => {
      if (data.told) tell(...data.told);
      else if (data.lines) end(resolve, data.lines);
      else end(reject, new Fault(data.fault));
    };
    thread.onerror = () => end(resolve, null);
    thread.postMessage({ files, given });
  });
}

/** The lines to show, computed beside the page where that is possible. */
async function recompute(address, files, given, tell) {
  const lines = address && globalThis.Worker ? await inThread(address, files, given, tell) : null;
  return lines ?? verify(files, given, tell);
}

/** The form of a page: `data-los1`, with sentences of its language, `[data-says]` and `[data-lines]`. */
function attend(form) {
  const says = form.querySelector("[data-says]");
  const show = (state, sentence, lines) => {
    form.dataset.state = state;
    says.textContent = sentence;
    form.querySelector("[data-lines]").textContent = lines.join("\n");
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { files, fingerprint, ticket } = form.elements;
    const isOwn = event.submitter?.name === "published";
    const tell = (done, all) => show("busy", `${form.dataset.busy} ${Math.floor((100 * done) / all)} %`, []);
    try {
      if (!globalThis.crypto?.subtle) throw new Fault(form.dataset.insecure);
      tell(0, 1);
      const found = isOwn ? await published(form) : await chosen(files.files);
      if (!found.size) throw new Fault(form.dataset.none);
      const given = { fingerprint: fingerprint.value, ticket: ticket.value };
      show("done", form.dataset.done, await recompute(form.dataset.worker, found, given, tell));
    } catch (error) {
      if (!(error instanceof Fault || error instanceof TypeError)) throw error;
      show("refused", form.dataset.refused, [error.message]);
    }
  });
  form.hidden = false;
}

const form = globalThis.document?.querySelector("form[data-los1]");
if (form) attend(form);
