// Counts down the time of a phase in a peer consultation; without it, the page says the same on reload.

const shownAt = performance.now();
const clocks = Array.from(document.querySelectorAll("[data-left]"));

function count() {
  for (const each of clocks) {
    const left = Math.max(0, Math.round(each.dataset.left - (performance.now() - shownAt) / 1000));
    each.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }
}

count();
setInterval(count, 1000);
