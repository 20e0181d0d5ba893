"use strict";
// Language, larger pictures, and arrow keys. Without scripts the pages are in Chinese and complete.
(function () {
  const root = document.documentElement;
  const key = "gongkai-language";

  function remembered() {
    try {
      return localStorage.getItem(key);
    } catch (error) {
      return null; // storage is switched off
    }
  }

  function show(language) {
    root.dataset.lang = language;
    root.lang = language === "en" ? "en" : "zh-CN";
    for (const option of document.querySelectorAll("option[data-en]")) {
      option.dataset.zh = option.dataset.zh || option.textContent;
      option.textContent = language === "en" ? option.dataset.en : option.dataset.zh;
    }
    for (const input of document.querySelectorAll("input[data-en-placeholder]")) {
      input.dataset.zhPlaceholder = input.dataset.zhPlaceholder || input.placeholder;
      input.placeholder = language === "en" ? input.dataset.enPlaceholder : input.dataset.zhPlaceholder;
    }
  }

  show(remembered() === "en" ? "en" : "zh");

  const button = document.getElementById("language");
  button.hidden = false;
  button.addEventListener("click", function () {
    const language = root.dataset.lang === "en" ? "zh" : "en";
    show(language);
    try {
      localStorage.setItem(key, language);
    } catch (error) {
      // the choice holds for this page
    }
    document.dispatchEvent(new Event("gongkai-language"));
  });

  for (const zoom of document.querySelectorAll("button.zoom")) {
    const page = zoom.closest("figure").querySelector(".page");
    zoom.hidden = false;
    zoom.setAttribute("aria-pressed", "false");
    zoom.addEventListener("click", function () {
      const large = page.classList.toggle("large");
      zoom.setAttribute("aria-pressed", String(large));
      if (!large) {
        return;
      }
      const mark = page.querySelector("rect.mark");
      if (mark) {
        const box = mark.getBoundingClientRect();
        const frame = page.getBoundingClientRect();
        page.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
        page.scrollTop += box.top + box.height / 2 - frame.top - frame.height / 2;
      }
    });
  }

  // what is folded is printed as well
  const unfolded = [];
  window.addEventListener("beforeprint", function () {
    for (const folded of document.querySelectorAll("details:not([open])")) {
      folded.open = true;
      unfolded.push(folded);
    }
  });
  window.addEventListener("afterprint", function () {
    for (const opened of unfolded.splice(0)) {
      opened.open = false;
    }
  });

  document.addEventListener("keydown", function (event) {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      return;
    }
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const link = rel && document.querySelector('.pager a[rel="' + rel + '"]');
    if (link) {
      location.href = link.href;
    }
  });
})();
