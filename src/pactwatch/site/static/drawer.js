// The evidence drawer: a number that names its records opens them beside the page, with sources and quotes. Without
// this script the number is a link to the list. Each record comes as a small script of its own, because pages that
// are opened from disk can load nothing else.
"use strict";

(() => {
  const root = document.body.dataset.root || "";
  const known = new Map(), asked = new Map();
  let drawer, opener;

  window.pactwatchTell = (slug, record) => { known.set(slug, record); };

  function load(slug) {
    if (!asked.has(slug)) {
      asked.set(slug, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = root + "evidence/" + encodeURIComponent(slug) + ".js";
        script.onload = script.onerror = () => resolve(known.get(slug));
        document.head.append(script);
      }));
    }
    return asked.get(slug);
  }

  function make(name, text = "", look = "") {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (look) element.className = look;
    return element;
  }

  function link(text, href, look = "") {
    const element = make("a", text, look);
    element.href = href;
    return element;
  }

  function tellSource(source) {
    const item = make("li");
    item.append(link(source.title, root + source.href));
    const told = [source.by, source.when, "grade " + source.grade, source.seen ? "" : "page not opened"].filter(Boolean);
    item.append(make("br"), make("small", told.join(" · ") + " "));
    if (source.out) {
      const out = link("the page itself", source.out);
      out.rel = "noopener noreferrer nofollow";
      item.append(out);
    }
    return item;
  }

  function tellRecord(record) {
    const article = make("article");
    article.append(make("p", record.when + " · " + record.type + ", " + record.stage, "when"));
    const title = make("h3");
    title.append(link(record.title, root + record.href));
    article.append(title, make("p", record.parties.join(", "), "parties"));
    if (record.what) article.append(make("p", record.what, "what"));
    for (const quote of record.quotes) {
      const block = make("blockquote", quote.text);
      block.append(make("br"), make("small", [quote.by, quote.status].filter(Boolean).join(" · ")));
      article.append(block);
    }
    const doubts = record.doubts.concat(record.differing ? [record.differing + " differing value" + (record.differing > 1 ? "s" : "") + " told side by side on its page"] : []);
    if (!record.firm) doubts.unshift("an intention, or no page was read for it");
    if (doubts.length) article.append(make("p", "With care: " + doubts.join("; ") + "."));
    if (record.sources.length) {
      const list = make("ul");
      list.append(...record.sources.map(tellSource));
      article.append(list);
    }
    return article;
  }

  function close() {
    if (!drawer || drawer.hidden) return;
    drawer.hidden = true;
    if (opener) opener.focus();
  }

  function build() {
    drawer = make("div", "", "drawer");
    drawer.setAttribute("aria-labelledby", "drawer-title");
    drawer.setAttribute("role", "dialog");
    const head = make("div", "", "head"), button = make("button", "Close");
    const title = make("h2");
    title.id = "drawer-title";
    title.tabIndex = -1;
    button.type = "button";
    button.title = "Esc";
    button.addEventListener("click", close);
    head.append(title, button);
    drawer.append(head, make("div", "", "body"));
    drawer.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    document.body.append(drawer);
  }

  async function open(from) {
    if (!drawer) build();
    opener = from;
    const slugs = from.dataset.records.split(" ").filter(Boolean);
    const count = Number(from.dataset.count || slugs.length);
    const title = drawer.querySelector("h2"), body = drawer.querySelector(".body");
    title.textContent = (from.dataset.title ? from.dataset.title + ": " : "") + count + (count === 1 ? " record" : " records");
    const places = slugs.map(() => make("div", "", "skeleton"));
    const foot = make("p");
    if (count > slugs.length || from.getAttribute("href") !== "#all") {
      foot.append(count > slugs.length ? "The latest " + slugs.length + " are shown. " : "", link(count > 1 ? "All " + count + " as a list" : "Go to its page", from.href));
    }
    body.replaceChildren(...places, foot);
    drawer.hidden = false;
    drawer.scrollTop = 0;
    title.focus();
    slugs.forEach(async (slug, number) => {
      const record = await load(slug);
      places[number].replaceWith(record ? tellRecord(record) : make("p", "This record could not be loaded.", "empty"));
    });
  }

  document.addEventListener("click", (event) => {
    const from = event.target.closest("a[data-records]");
    if (!from || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(from);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
})();
