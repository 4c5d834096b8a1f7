(function () {
  "use strict";
  var form = document.getElementById("filter");
  // A link to a value opens it.
  function open() {
    var at = document.getElementById(location.hash.slice(1));
    if (at && at.tagName === "DETAILS") at.open = true;
  }
  addEventListener("hashchange", open);
  open();
  if (!form) return;
  var findings = Array.from(document.querySelectorAll(".finding"));
  var files = Array.from(document.querySelectorAll(".file"));
  function apply() {
    var severities = Array.from(form.querySelectorAll("[name=severity]:checked"), function (c) { return c.value; });
    var rule = form.elements.rule.value;
    var release = form.elements.release ? form.elements.release.value : "";
    var text = form.elements.text.value.toLowerCase();
    var shown = 0;
    findings.forEach(function (f) {
      var d = f.dataset;
      f.hidden = severities.indexOf(d.severity) < 0 || rule && d.rule !== rule || release && d.release !== release ||
        text && f.textContent.toLowerCase().indexOf(text) < 0;
      if (!f.hidden) shown++;
    });
    files.forEach(function (s) { s.hidden = !s.querySelector(".finding:not([hidden])"); });
    form.elements.shown.value = shown + " of " + findings.length + " shown";
  }
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  apply();
})();
