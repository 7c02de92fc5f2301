// The verifier in a thread of its own: 100,000 tickets do not hold up the page.

import { Fault, verify } from "./los1.js";

globalThis.onmessage = async ({ data: { files, given } }) => {
  try {
    const lines = await verify(files, given, (...told) => globalThis.postMessage({ told }));
    globalThis.postMessage({ lines });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    globalThis.postMessage({ fault: error.message });
  }
};
