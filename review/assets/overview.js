"use strict";
// The lists of the overview: filter, search, page by page. All text is set as text, never as HTML.
(function () {
  const data = window.gongkai;
  const filters = document.getElementById("filters");
  if (!data || !filters) {
    return;
  }
  const root = document.documentElement;
  const size = data.pageSize;
  const state = { q: "", severity: "", kind: "", year: "", page: 0, disclosures: 0 };
  const findings = data.findings.map(function (row) {
    const item = {
      id: row[0], severity: row[1], kind: row[2], agency: row[3], year: row[4], report: row[5],
      scope: row[6], page: row[7], zh: row[8], en: row[9],
    };
    item.text = [
      row[3], row[4], row[8], row[9], row[10], row[11], row[12],
      words("kind", row[2])[0], words("kind", row[2])[1],
    ].join(" ").toLowerCase();
    item.digits = item.text.replace(/[,\s]/g, "");
    return item;
  });

  function words(domain, word) {
    return (word && data.words[domain + "." + word]) || [word || "—", word || "—"];
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) {
      made.className = className;
    }
    if (text !== undefined && text !== null) {
      made.textContent = String(text);
    }
    return made;
  }

  function both(tag, className, pair) {
    const made = element(tag, className);
    const zh = element("span", "zh", pair[0]);
    const en = element("span", "en", pair[1]);
    zh.lang = "zh-CN";
    en.lang = "en";
    made.append(zh, en);
    return made;
  }

  function number(value) {
    return Number(value).toLocaleString("en-US");
  }

  function findingItem(item) {
    const line = element("li");
    const link = element("a");
    link.href = "findings/" + encodeURIComponent(item.id) + ".html";
    const grade = /^(high|medium|low)$/.test(item.severity) ? item.severity : "low";
    const where = element("span", "where");
    where.append(
      (item.agency || "—") + " · " + (item.year || "") + " ",
      both("span", "", words("document_kind", item.report)), " · ",
      both("span", "", words("scope", item.scope)),
    );
    if (item.page) {
      where.append(" · ", both("span", "", ["第\u00a0" + item.page + "\u00a0页", "page\u00a0" + item.page]));
    }
    link.append(
      both("span", "severity " + grade, words("severity", item.severity)),
      both("span", "kind", words("kind", item.kind)),
      both("span", "said", [item.zh, item.en]),
      where,
    );
    line.append(link);
    return line;
  }

  function disclosureRow(row) {
    const line = element("tr");
    const first = element("td");
    const link = element("a", "", row[1]);
    link.href = "disclosures/" + encodeURIComponent(row[0]) + ".html";
    first.append(link);
    line.append(
      first, element("td", "", row[2]), element("td", "", row[3]),
      both("td", "", words("document_kind", row[4])), both("td", "", words("scope", row[5])),
    );
    for (let index = 6; index < row.length; index += 1) {
      const bad = index === 8 && row[index] > 0 ? " bad" : "";
      line.append(element("td", "amount" + bad, number(row[index])));
    }
    return line;
  }

  function paging(nav, count, page, go) {
    const pages = Math.max(1, Math.ceil(count / size));
    nav.hidden = pages < 2;
    const back = both("button", "", words("page", "previous"));
    const on = both("button", "", words("page", "next"));
    back.type = on.type = "button";
    back.disabled = page === 0;
    on.disabled = page >= pages - 1;
    back.addEventListener("click", function () { go(page - 1); });
    on.addEventListener("click", function () { go(page + 1); });
    nav.replaceChildren(back, element("span", "", page + 1 + " / " + pages), on);
  }

  function matches(item) {
    const wanted = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    return (!state.severity || item.severity === state.severity)
      && (!state.kind || item.kind === state.kind)
      && (!state.year || String(item.year) === state.year)
      && wanted.every(function (word) {
        return item.text.includes(word) || item.digits.includes(word.replace(/,/g, ""));
      });
  }

  function showFindings() {
    const list = document.getElementById("findings");
    const found = findings.filter(matches);
    state.page = Math.min(state.page, Math.max(0, Math.ceil(found.length / size) - 1));
    const start = state.page * size;
    list.replaceChildren(...found.slice(start, start + size).map(findingItem));
    list.hidden = found.length === 0;
    document.getElementById("findings-none").hidden = found.length > 0;
    document.getElementById("findings-count").textContent = found.length === findings.length
      ? number(found.length) : number(found.length) + " / " + number(findings.length);
    paging(document.getElementById("findings-paging"), found.length, state.page, function (page) {
      state.page = page;
      showFindings();
      remember();
      list.scrollIntoView();
    });
  }

  function showDisclosures() {
    const start = state.disclosures * size;
    const rows = data.disclosures.slice(start, start + size).map(disclosureRow);
    document.querySelector("#disclosures tbody").replaceChildren(...rows);
    paging(
      document.getElementById("disclosures-paging"), data.disclosures.length, state.disclosures,
      function (page) {
        state.disclosures = page;
        showDisclosures();
      },
    );
  }

  // the address keeps the filters, so that the way back from a finding finds them again
  function remember() {
    const kept = new URLSearchParams();
    for (const name of ["q", "severity", "kind", "year", "page"]) {
      if (state[name]) {
        kept.set(name, state[name]);
      }
    }
    const hash = kept.toString();
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  }

  function recall() {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const name of ["q", "severity", "kind", "year"]) {
      state[name] = kept.get(name) || "";
    }
    state.page = Math.max(0, parseInt(kept.get("page"), 10) || 0);
    document.getElementById("search").value = state.q;
    document.getElementById("kind").value = state.kind;
    document.getElementById("year").value = state.year;
    for (const choice of filters.elements.severity) {
      choice.checked = choice.value === state.severity;
    }
  }

  function changed() {
    state.q = document.getElementById("search").value.trim();
    state.kind = document.getElementById("kind").value;
    state.year = document.getElementById("year").value;
    state.severity = filters.elements.severity.value;
    state.page = 0;
    showFindings();
    remember();
  }

  filters.hidden = false;
  filters.addEventListener("input", changed);
  filters.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", function () { recall(); showFindings(); });
  recall();
  if (document.getElementById("findings")) {
    showFindings();
  }
  showDisclosures();
  root.dataset.ready = "yes";
})();
