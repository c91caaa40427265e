"use strict";
// Finds sheets by words and choices, marks what is out of date, and prints where a browser can.
// Without it the page is a plain list of links.
{
  const find = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const said = JSON.parse(byId("said").textContent);
  const form = byId("choose");
  const search = byId("words");
  const choices = find(".choice");

  // ---- finding

  const plain = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

  // One entry for each PDF: what it is, the words that find it, and where it stands on the page.
  const prints = find(".sheet").flatMap((sheet) =>
    find(".prints > li", sheet).map((row) => ({
      sheet,
      row,
      is: { ...sheet.dataset, ...row.dataset },
      words: plain(`${sheet.dataset.words} ${row.dataset.words}`),
    })),
  );

  const holds = (words, asked) => {
    const stem = asked.length > 3 ? asked.replace(/s$/, "") : asked;
    return words.some((word) => word.startsWith(stem));
  };

  // What is asked for: the value of each choice, and the words as "words". "" asks for nothing.
  const read = () => {
    const asked = Object.fromEntries(
      choices.map(({ dataset: { choice } }) => [choice, form.elements[choice].value]),
    );
    return { ...asked, words: search.value.trim() };
  };

  const matches = (print, asked) =>
    Object.entries(asked).every(([name, value]) => {
      if (!value) return true;
      if (name !== "words") return print.is[name] === value;
      return typedIn(asked).every((word) => holds(print.words, word));
    });

  // What a sheet says beside what its card shows: what is in it, and what its reader is called, too.
  const named = (said) =>
    (said ? said.split("\n") : []).map((name) => ({ name, words: plain(name) }));
  const cards = find(".sheet").map((sheet, place) => ({
    sheet,
    place,
    whole: "whole" in sheet.dataset,
    title: plain(sheet.querySelector("h3").textContent),
    who: plain(sheet.querySelector(".who").textContent),
    shown: plain(find("h3, .who, .summary, .prints", sheet).map((it) => it.textContent).join(" ")),
    held: named(sheet.dataset.held),
    also: named(sheet.dataset.also),
  }));

  const typedIn = ({ words }) => plain(words).filter((word) => !said.skipped.includes(word));

  // How far down a card stands: a word in its title counts most, then in whom it is for, then in one
  // thing that it holds. Of two alike a single sheet is meant rather than a booklet that holds all.
  const rank = ({ title, who, also, held }, typed) =>
    typed.reduce((sum, word) => {
      if (holds(title, word)) return sum;
      if (holds(who, word) || also.some(({ words }) => holds(words, word))) return sum + 1;
      return sum + (held.some(({ words }) => holds(words, word)) ? 2 : 3);
    }, 0);

  const inOrder = (typed) => {
    const ranked = cards.map((card) => ({ ...card, rank: rank(card, typed) }));
    const by = (one, other) =>
      one.rank - other.rank || one.whole - other.whole || one.place - other.place;
    return typed.length ? ranked.sort(by) : cards;
  };

  // What of it says most of the words that the card does not show.
  const MOST_NAMED = 3;
  const reason = ({ shown, held, also }, typed) => {
    const unseen = typed.filter((word) => !holds(shown, word));
    const best = (things) => {
      const hits = ({ words }) => unseen.filter((word) => holds(words, word)).length;
      const most = Math.max(0, ...things.map(hits));
      const found = most ? things.filter((thing) => hits(thing) === most) : [];
      const names = found.slice(0, MOST_NAMED).map(({ name }) => name).join(", ");
      return found.length > MOST_NAMED ? `${names} …` : names;
    };
    const lines = [[said.holds, best(held)], [said.also, best(also)]];
    return lines.filter(([, names]) => names)
      .map(([words, names]) => words.replace("{names}", names)).join(" ");
  };

  const sheetsOf = (asked) =>
    new Set(prints.filter((print) => matches(print, asked)).map((print) => print.sheet));

  // ---- showing

  const labelOf = (name, value) =>
    name === "words"
      ? said.search
      : find(`input[name="${name}"]`, form).find((input) => input.value === value)
          .labels[0].querySelector(".name").textContent;

  const button = (words, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", press);
    return made;
  };

  // Offers to take one thing away, for each thing that then leaves some sheets.
  const widen = (asked) => {
    const ways = Object.entries(asked).flatMap(([name, value]) => {
      const count = value ? sheetsOf({ ...asked, [name]: "" }).size : 0;
      if (!count) return [];
      const words = said.without[count].replace("{name}", labelOf(name, value));
      return [button(words, () => choose({ ...asked, [name]: "" }))];
    });
    const items = ways.map((way) => {
      const item = document.createElement("li");
      item.append(way);
      return item;
    });
    byId("empty").querySelector("ul").replaceChildren(...items);
  };

  // On a small screen some sheets stand there until more are asked for: all would be a long way down.
  const FEW = 12;
  let few = true;

  const show = () => {
    const asked = read();
    const found = sheetsOf(asked);
    for (const print of prints) print.row.hidden = !matches(print, asked);
    let left = few && !wide.matches ? FEW : found.size;
    const typed = typedIn(asked);
    const ordered = inOrder(typed);
    byId("sheets").append(...ordered.map(({ sheet }) => sheet));
    for (const card of ordered) {
      const why = card.sheet.querySelector(".why");
      why.textContent = reason(card, typed);
      why.hidden = !why.textContent;
    }
    for (const { sheet } of ordered) sheet.hidden = !found.has(sheet) || left-- <= 0;
    byId("more").hidden = found.size <= FEW || !few || wide.matches;
    for (const choice of choices) {
      const name = choice.dataset.choice;
      choice.querySelector(".chosen").textContent =
        asked[name] && !choice.open ? labelOf(name, asked[name]) : "";
      for (const input of find("input", choice)) {
        const count = input.labels[0].querySelector(".count");
        if (count) count.textContent = sheetsOf({ ...asked, [name]: input.value }).size;
      }
    }
    const any = Object.values(asked).some(Boolean);
    byId("found").textContent = said.found[found.size];
    byId("reset").hidden = !any;
    byId("empty").hidden = found.size > 0 || !any;
    if (!found.size) widen(asked);
  };

  // ---- what was chosen, kept in the address

  const keep = () => {
    const kept = new URLSearchParams(Object.entries(read()).filter(([, value]) => value));
    history.replaceState(null, "", `#${kept}`);
  };

  const set = (asked) => {
    search.value = asked.words ?? "";
    for (const { dataset: { choice } } of choices) {
      const inputs = find(`input[name="${choice}"]`, form);
      const wanted = inputs.find((input) => input.value === (asked[choice] ?? ""));
      (wanted ?? inputs[0]).checked = true;
    }
    show();
  };

  const choose = (asked) => {
    set(asked);
    keep();
    byId("found").focus();
  };

  const restore = () => {
    const kept = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    if (Object.keys(kept).some((name) => name === "words" || form.elements[name])) set(kept);
    else show();
  };

  const update = () => {
    byId("told").textContent = "";
    show();
    keep();
  };

  let typing;
  form.addEventListener("input", ({ target }) => {
    clearTimeout(typing);
    if (target === search) typing = setTimeout(update, 150);
    else update();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    update();
    byId("found").focus();
  });
  byId("reset").addEventListener("click", () => choose({}));
  addEventListener("hashchange", restore);

  // ---- what is out of date by the clock of whoever reads the page

  const markLate = () => {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    let late = 0;
    for (const sheet of find(".sheet")) {
      const overdue = today > sheet.dataset.reviewBy;
      late += overdue;
      sheet.classList.toggle("late", overdue);
      const note = sheet.querySelector(".overdue");
      note.hidden = !overdue;
      for (const link of find(".prints a", sheet)) {
        if (overdue) link.setAttribute("aria-describedby", note.id);
        else link.removeAttribute("aria-describedby");
      }
    }
    byId("overdue").hidden = !late;
    byId("overdue").textContent = late ? said.overdue[late] : "";
  };
  document.addEventListener("visibilitychange", markLate);

  // ---- printing

  // Only browsers built on Chromium let a page that is a file print a PDF beside it: their viewer
  // takes the message “print”, and says “documentLoaded” when it is ready. Elsewhere there is no
  // button, and the page says how to print.
  const canPrint =
    navigator.pdfViewerEnabled &&
    (navigator.userAgentData?.brands ?? []).some(({ brand }) => brand === "Chromium");
  const PATIENCE = 6000; // ms until the viewer is taken not to answer

  let waiting;
  const print = (link) => {
    const name = link.textContent.split("–", 3).slice(0, 2).map((part) => part.trim()).join(" – ");
    const tell = (words) => { byId("told").textContent = words.replace("{name}", name); };
    const viewer = document.createElement("embed");
    viewer.type = "application/pdf";
    viewer.src = link.href;
    viewer.title = name;
    viewer.tabIndex = -1;
    byId("viewer").replaceChildren(viewer);
    clearTimeout(waiting);
    if (!viewer.postMessage) {
      tell(said.opened);
      open(link.href, "_blank", "noopener");
      return;
    }
    viewer.postMessage({ type: "print" }, "*");
    tell(said.printing);
    waiting = setTimeout(() => tell(said.unprinted), PATIENCE);
    onmessage = ({ data }) => {
      if (data?.type !== "documentLoaded") return;
      clearTimeout(waiting);
      tell(data.load_state === "success" ? said.printed : said.unprinted);
    };
  };

  if (canPrint) {
    for (const made of find(".prints button")) {
      made.hidden = false;
      made.addEventListener("click", () => print(made.previousElementSibling));
    }
  }

  // ---- start

  // Where there is room all choices stand open; on a small screen each shows what was chosen.
  const wide = matchMedia("(min-width: 56rem)");
  const unfold = () => { for (const choice of choices) choice.open = wide.matches; };
  wide.addEventListener("change", () => { unfold(); show(); });
  byId("more").addEventListener("click", () => {
    few = false;
    const next = find(".sheet").filter((sheet) => !sheet.hidden).length;
    show();
    find(".sheet:not([hidden])")[next]?.querySelector("a").focus();
  });
  for (const choice of choices) choice.addEventListener("toggle", show);

  form.hidden = false;
  unfold();
  markLate();
  restore();
}
