// Draws the lots of a published draw (protocol los1) once more, in the reader's own browser.
// Written from the text of the protocol alone; nothing leaves the device, nothing is loaded.

const QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";
const FIRST_ROUND = 1692803367n; // seconds since 1970; a round every three seconds
const DAY = 86400n;
const MOST_TICKETS = 10n ** 7n;
const AT_ONCE = 4000; // tickets ranked between two breaths of the page
export const NAMES = ["declaration", "pool", "lottery", "rejected", "seed", "result"].map((kind) => `${kind}.txt`);

const VALUE = "[A-Za-z0-9+._-]+";
const STRATUM = `${VALUE}(?:\\|${VALUE})*`;
const WORD = Object.fromEntries(
  Object.entries({
    number: "(?:0|[1-9][0-9]{0,18})",
    draw: "[a-z0-9-]{1,64}",
    hash: "[0-9a-f]{64}",
    ticket: "[0-9a-f]{40}",
    reason: "[a-z0-9-]{1,40}",
    value: VALUE,
    stratum: STRATUM,
    time: "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
    date: "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    signature: "[0-9a-f]{96}",
    dice: "[1-6]{1,200}",
    lotto: "[0-9]{2}(?:-[0-9]{2}){5}-[0-9]",
  }).map(([name, pattern]) => [`<${name}>`, new RegExp(`^${pattern}$`)]),
);
const MANY = { "<numbers>": "<number>", "<strata>": "<stratum>" }; // the rest of the line, one or more

export class Fault extends Error {}

const encoder = new TextEncoder();
const ascii = (text) => encoder.encode(text);
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = (bytes) => crypto.subtle.digest("SHA-256", bytes);
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0n);
let breath = 0;
/** Lets the page answer its reader now and then: promises alone would keep it busy until the end. */
const breathe = async () => {
  if (performance.now() - breath < 40) return;
  await new Promise((resume) => setTimeout(resume));
  breath = performance.now();
};
const isAbove = (row, before) => {
  const at = row.findIndex((count, i) => count !== before[i]);
  return at >= 0 && row[at] > before[at];
};

/** One character per byte, whatever the byte is. */
function characters(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 8192));
  return text;
}

/** The words that stand for <…> if the line is written as `wanted`, a form in words, else null. */
function match(wanted, line) {
  const words = line.split(" ");
  const rest = MANY[wanted.at(-1)];
  if (rest ? words.length < wanted.length : words.length !== wanted.length) return null;
  const found = [];
  for (let at = 0; at < words.length; at += 1) {
    const slot = rest && at >= wanted.length - 1 ? rest : wanted[at];
    const pattern = WORD[slot];
    if (pattern ? !pattern.test(words[at]) : words[at] !== slot) return null;
    if (pattern) found.push(words[at]);
  }
  return found;
}

/** A line in quotes, with every byte to be seen. */
function quoted(line) {
  const mark = line.includes("'") && !line.includes('"') ? '"' : "'";
  const short = { "\\": "\\\\", "\t": "\\t", "\r": "\\r", "\n": "\\n", [mark]: `\\${mark}` };
  const shown = (character) => {
    const code = character.charCodeAt(0);
    return short[character] ?? (code < 32 || code > 126 ? `\\x${code.toString(16).padStart(2, "0")}` : character);
  };
  return mark + Array.from(line.slice(0, 100), shown).join("") + mark;
}

/** What was found in place of what was expected, with a word on what an editor may have done. */
function foundInstead(line) {
  let oddity = "";
  if (line.endsWith("\r") || line.startsWith("\xef\xbb\xbf"))
    oddity = " what an editor has changed (CR or BOM, please download the file again)";
  else if (/[^ -~]/.test(line)) oddity = " a TAB or another byte that is not allowed";
  else if (/ {2}|^ | $/.test(line)) oddity = " a space too many";
  return `found${oddity}: ${quoted(line)}`;
}

/** A published file that is read from top to bottom; `at` is the line that was read last. */
class Paper {
  constructor(name, bytes, hash) {
    Object.assign(this, { name, hash, at: 0, lines: characters(bytes).split("\n") });
    const rest = this.lines.pop();
    if (rest !== "") this.refuse("has no line feed at its end", this.lines.length + 1);
  }

  static async of(files, name) {
    if (!files.has(name)) throw new Fault(`${name} line 1: cannot be read: No such file or directory`);
    return new Paper(name, files.get(name), hex(await sha256(files.get(name))));
  }

  get isRead() {
    return this.at >= this.lines.length;
  }

  refuse(text, line = this.at) {
    throw new Fault(`${this.name} line ${line}: ${text}`);
  }

  demand(holds, text, line) {
    if (!holds) this.refuse(text, line);
  }

  /** Read the next line; its words, and `form`, the number of the form that it fits. */
  read(...forms) {
    return this.readLike(forms, forms.map((form) => form.split(" ")));
  }

  readLike(forms, split) {
    this.at += 1;
    if (this.at > this.lines.length) this.refuse(`the file ends here, expected: ${forms.join(" or ")}`);
    const line = this.lines[this.at - 1];
    for (let form = 0; form < forms.length; form += 1) {
      const words = match(split[form], line);
      if (words) {
        words.form = form;
        return words;
      }
    }
    return this.refuse(`expected: ${forms.join(" or ")}, ${foundInstead(line)}`);
  }

  readNumber(form, least, most) {
    const number = BigInt(this.read(form)[0]);
    this.demand(number >= least && number <= most, `must be from ${least} to ${most}, not ${number}`);
    return number;
  }

  readDraw(declared) {
    this.demand(this.read("draw <draw>")[0] === declared, "another draw than declared");
  }

  /** Seconds since 1970 of a date or time in the words of this line, if the calendar has it. */
  seconds(text) {
    const [year, month, day, hour = 0, minute = 0, second = 0] = text.match(/\d+/g).map(Number);
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
    const exists = year >= 1 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
    this.demand(exists, `${text} is not in the calendar`);
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return BigInt(date.getTime() / 1000 + hour * 3600 + minute * 60 + second);
  }

  end() {
    this.demand(this.isRead, "a line too many", this.at + 1);
  }
}

/** Section 4: what was promised before anybody could know. */
function declarationOf(paper) {
  paper.read("los1 declaration");
  const [draw] = paper.read("draw <draw>");
  paper.readNumber("version <number>", 1n, 10n ** 19n - 1n);
  const seats = paper.readNumber("seats <number>", 1n, MOST_TICKETS);
  const frozen = paper.seconds(paper.read("frozen <time>")[0]);
  const promised = new Map([["pool.txt", { hash: paper.read("pool <hash>")[0], line: paper.at }]]);
  for (const kind of ["lottery", "rejected"]) {
    const [hash = "-"] = paper.read(`${kind} -`, `${kind} <hash>`);
    promised.set(`${kind}.txt`, { hash, line: paper.at });
  }
  const [chain, number = "0"] = paper.read("drand none 0", "drand <hash> <number>");
  const round = BigInt(number);
  const outAt = FIRST_ROUND + 3n * (round - 1n);
  if (chain !== undefined) {
    paper.demand(chain === QUICKNET, "this is not the chain hash of drand quicknet");
    paper.demand(round >= 1n, "rounds count from 1");
    paper.demand(outAt >= frozen + DAY, "the round is less than 24 hours after frozen");
  }
  const [thrown] = paper.read("public none 0", "public dice6 <number>");
  const dice = BigInt(thrown ?? 0);
  paper.demand(thrown === undefined || (dice >= 1n && dice <= 200n), "must be from 1 to 200 dice");
  paper.demand(round || dice >= 20n, "without a drand round, from 20 to 200 dice are needed");
  const [lotto] = paper.read("fallback none", "fallback lotto6aus49 <date>");
  if (lotto !== undefined) {
    paper.demand(round, "without a drand round there is no fallback");
    const days = paper.seconds(lotto) / DAY - outAt / DAY;
    paper.demand(days >= 2n, "must be at least 2 days after the date of the round");
  }
  paper.end();
  return { draw, seats: Number(seats), promised, round, dice: Number(dice), hasFallback: lotto !== undefined };
}

/** Sections 2 and 4: tickets, ascending, each with the word beside it. */
function ticketsOf(paper, draw, form) {
  paper.read(`los1 ${paper.name.slice(0, -4)}`);
  paper.readDraw(draw);
  const count = paper.readNumber("count <number>", 1n, MOST_TICKETS);
  const beside = new Map();
  let before = "";
  for (let n = 0; n < count; n += 1) {
    const [ticket, word = ""] = paper.read(form);
    paper.demand(ticket > before, "the tickets are not ascending");
    beside.set(ticket, word);
    before = ticket;
  }
  paper.end();
  return beside;
}

/** Section 3: the types, and the rows of which one is drawn, as {weight, counts}. */
function lotteryOf(paper, { draw, seats }, pool) {
  paper.read("los1 lottery");
  paper.readDraw(draw);
  const total = paper.readNumber("total <number>", 1n, 10n ** 9n);
  const types = [...paper.read("types <strata>")];
  const sizes = new Map();
  for (const type of pool.values()) sizes.set(type, (sizes.get(type) ?? 0n) + 1n);
  paper.demand(types.join(" ") === [...sizes.keys()].sort().join(" "), "must name the types in pool.txt, ascending");
  const attributes = types.map((type) => type.split("|"));
  const width = attributes[0].length;
  paper.demand(
    attributes.every((values) => values.length === width),
    "the types do not all have the same number of attributes",
  );
  const quotas = [];
  while (paper.lines[paper.at]?.startsWith("quota ")) {
    const [index, value, least, most] = paper.read("quota <number> <value> <number> <number>");
    paper.demand(BigInt(index) < BigInt(width), "there is no such attribute");
    quotas.push({ isMeant: attributes.map((has) => has[index] === value), least: BigInt(least), most: BigInt(most) });
  }
  const rows = [];
  do {
    const [weight, ...counts] = paper.read("<numbers>").map(BigInt);
    paper.demand(counts.length === types.length, "expected a weight and a count for each type");
    paper.demand(weight >= 1n, "a weight must be 1 or more");
    paper.demand(sum(counts) === BigInt(seats), "the counts do not add up to the seats");
    paper.demand(
      counts.every((count, i) => count <= sizes.get(types[i])),
      "more seats of a type than tickets of it",
    );
    for (const { isMeant, least, most } of quotas) {
      const seated = sum(counts.filter((_, i) => isMeant[i]));
      paper.demand(seated >= least && seated <= most, "the row does not meet every quota");
    }
    paper.demand(!rows.length || isAbove(counts, rows.at(-1).counts), "the rows are not ascending by counts");
    rows.push({ weight, counts });
  } while (!paper.isRead);
  paper.demand(sum(rows.map((row) => row.weight)) === total, `the weights do not add up to ${total}`);
  return { total, types, rows };
}

/** Section 5: the chance that came afterwards; returns what has to be said about it. */
function seedOf(paper, { round, dice, hasFallback }, fingerprint) {
  paper.read("los1 seed");
  const same = paper.read("declaration <hash>")[0] === fingerprint;
  paper.demand(same, `another declaration than the one at hand, ${fingerprint}`);
  const signed = `drand ${round} <signature>`;
  const unsigned = `drand ${round} -`;
  const forms = round ? (hasFallback ? [signed, unsigned] : [signed]) : [unsigned];
  const usesFallback = paper.read(...forms).form === 1;
  const [thrown = ""] = paper.read(dice ? "public <dice>" : "public -");
  paper.demand(thrown.length === dice, `${thrown.length} dice, not ${dice} as declared`);
  const [lotto] = paper.read(usesFallback ? "fallback <lotto>" : "fallback -");
  if (usesFallback) {
    const numbers = lotto.split("-").slice(0, 6);
    paper.demand(numbers.every((n) => n >= "01" && n <= "49"), "numbers must be from 01 to 49");
    paper.demand(numbers.every((n, i) => !i || n > numbers[i - 1]), "the numbers are not ascending");
  }
  paper.end();
  if (usesFallback) return ["FALLBACK USED"];
  return round ? ["beacon not checked: compare with two drand relays"] : [];
}

/** HMAC-SHA256 under the seed, as 32 bytes. */
async function macUnder(seed) {
  const key = await crypto.subtle.importKey("raw", seed, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return (message) => crypto.subtle.sign("HMAC", key, message);
}

/** Section 6: the tickets by (rank, ticket). One character per byte: such texts sort as the bytes do. */
async function ranked(tickets, mac, tell) {
  const order = [];
  const message = ascii(`los1 rank\n${"0".repeat(40)}`);
  const place = message.subarray(-40);
  // One array serves every ticket: WebCrypto copies what it is given before it returns.
  const rankOf = (ticket) => encoder.encodeInto(ticket, place) && mac(message);
  for (let at = 0; at < tickets.length; at += AT_ONCE) {
    const some = tickets.slice(at, at + AT_ONCE);
    const ranks = await Promise.all(some.map(rankOf));
    for (let i = 0; i < some.length; i += 1)
      order.push(String.fromCharCode.apply(null, new Uint8Array(ranks[i])) + some[i]);
    tell(order.length, tickets.length);
    await breathe();
  }
  return order.sort().map((entry) => entry.slice(32));
}

/** Section 7: how many of each type the seed draws. */
async function panelOf({ total, types, rows }, mac) {
  const limit = 2n ** 64n - (2n ** 64n % total);
  let lot = limit;
  for (let counter = 0; lot >= limit; counter += 1) {
    lot = new DataView(await mac(ascii(`los1 panel\n${counter}`))).getBigUint64(0);
  }
  lot %= total;
  const chosen = rows.find(({ weight }) => (lot -= weight) < 0n);
  return new Map(types.map((type, i) => [type, chosen.counts[i]]));
}

/** The types' counts are filled in drawn order; everybody else follows. */
function seatedFirst(order, pool, left) {
  const seated = [];
  const reserve = [];
  for (const ticket of order) {
    const type = pool.get(ticket);
    const isSeated = left.get(type) > 0n;
    if (isSeated) left.set(type, left.get(type) - 1n);
    (isSeated ? seated : reserve).push(ticket);
  }
  return [...seated, ...reserve];
}

/** Section 8: a published result must be the same to the byte. */
function compare(paper, result) {
  for (const line of result) {
    if (paper.isRead) break;
    paper.at += 1;
    const found = paper.lines[paper.at - 1];
    if (found !== line) paper.refuse(`computed: ${line}, ${foundInstead(found)}`);
  }
  paper.demand(paper.lines.length >= result.length, "the file ends here, lines are missing");
  paper.end();
}

/** What became of a ticket that is given by its first digits. */
function fateOf(start, order, seats, rejected) {
  const found = [...order, ...rejected.keys()].filter((ticket) => ticket.startsWith(start));
  if (!/^[0-9a-f]{8,40}$/.test(start) || found.length > 1)
    throw new Fault(`--ticket: ${quoted(start)} is too short, too long or not in hex digits`);
  if (!found.length) return `ticket ${start}: not in the pool`;
  const [ticket] = found;
  if (rejected.has(ticket)) return `ticket ${ticket}: not in the pool, rejected with reason ${rejected.get(ticket)}`;
  const place = order.indexOf(ticket) + 1;
  const kind = place <= seats ? "seat" : "reserve list";
  return `ticket ${ticket}: in the pool, place ${place} of ${order.length}, ${kind}`;
}

/** Hex digits as people copy them: blanks, hyphens and capitals do not matter. */
const bare = (typed) => (typed ?? "").replace(/[\s-]/g, "").toLowerCase();

/**
 * Check every file and draw again. `files`: Map of name -> Uint8Array, `given`: {fingerprint, ticket} as typed.
 * Returns the lines to show, the last of them `result sha256 …`; throws Fault, which names file, line and fault.
 */
export async function verify(files, given = {}, tell = () => {}) {
  const told = await Paper.of(files, "declaration.txt");
  const declaration = declarationOf(told);
  const fingerprint = bare(given.fingerprint) || told.hash;
  told.demand(fingerprint === told.hash, `has the fingerprint ${told.hash}, not the one given`, 1);
  const papers = new Map();
  for (const [name, { hash, line }] of declaration.promised) {
    if (hash !== "-") papers.set(name, await Paper.of(files, name));
    else told.demand(!files.has(name), `says "-", yet there is a file ${name}`, line);
  }
  await breathe();
  const rows = papers.get("lottery.txt");
  const pool = ticketsOf(papers.get("pool.txt"), declaration.draw, rows ? "<ticket> <stratum>" : "<ticket>");
  told.demand(declaration.seats <= pool.size, "more seats than tickets", 4);
  const lottery = rows && lotteryOf(rows, declaration, pool);
  const refusals = papers.get("rejected.txt");
  const rejected = refusals ? ticketsOf(refusals, declaration.draw, "<ticket> <reason>") : new Map();
  for (const [at, ticket] of [...rejected.keys()].entries())
    refusals.demand(!pool.has(ticket), "this ticket is in the pool too", at + 4);
  for (const [name, { hash }] of papers) {
    const promise = declaration.promised.get(name);
    told.demand(hash === promise.hash, `the ${name} at hand has another SHA-256, ${hash}`, promise.line);
  }
  const seed = await Paper.of(files, "seed.txt");
  const remarks = seedOf(seed, declaration, told.hash);

  const mac = await macUnder(await sha256(files.get("seed.txt")));
  await breathe();
  let order = await ranked([...pool.keys()], mac, tell);
  await breathe();
  if (lottery) order = seatedFirst(order, pool, await panelOf(lottery, mac));
  const places = order.map((ticket, i) => `${i + 1} ${ticket}`);
  const result = ["los1 result", `seed ${seed.hash}`, ...places];
  if (files.has("result.txt")) compare(await Paper.of(files, "result.txt"), result);
  const lines = places.slice(0, declaration.seats).map((place) => `seat ${place}`);
  if (bare(given.ticket)) lines.push(fateOf(bare(given.ticket), order, declaration.seats, rejected));
  const digest = hex(await sha256(ascii(`${result.join("\n")}\n`)));
  return [...lines, ...remarks, `result sha256 ${digest}`];
}
