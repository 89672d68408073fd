// Checks an edition's text while it is typed. Saving and the button "Periksa" work without this module.

const PAUSE = 700;
const form = document.getElementById("manuscript");
const verdict = document.getElementById("verdict");
const list = document.getElementById("finding-list");
const text = form.querySelector("textarea");

function shown(finding) {
  const item = document.createElement("li");
  item.className = finding.wrong ? "finding wrong" : "finding";
  const head = document.createElement("b");
  const level = finding.wrong ? list.dataset.wrong : list.dataset.notice;
  head.textContent = `${level}${finding.line ? `, ${list.dataset.line} ${finding.line}` : ""}.`;
  item.append(head, ` ${finding.sentence}`);
  return item;
}

let timer = 0;
let asked = 0;

async function check() {
  asked += 1;
  const mine = asked;
  try {
    const answer = await fetch(form.dataset.check, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "error",
    });
    const said = await answer.json();
    if (mine !== asked) return;
    verdict.replaceChildren(Object.assign(document.createElement("b"), { textContent: said.says }));
    list.replaceChildren(...said.findings.map(shown));
  } catch {
    // Without an answer the last findings stay; saving checks again on the server.
  }
}

text.addEventListener("input", () => {
  window.clearTimeout(timer);
  timer = window.setTimeout(check, PAUSE);
});
