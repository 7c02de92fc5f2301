// The wall of a session follows by itself; without this file the page reloads instead.
const EVERY = 5000;

async function follow() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const place of ["[data-wall]", "[data-now]"]) {
        const [here, there] = [document.querySelector(place), fresh.querySelector(place)];
        if (here && there && here.innerHTML !== there.innerHTML) {
          here.replaceChildren(...there.childNodes);
        }
      }
    }
  } finally {
    setTimeout(follow, EVERY);
  }
}

setTimeout(follow, EVERY);
