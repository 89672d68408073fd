// Keeps what is typed while a phone's camera is open and the browser forgets the page:
// <form data-keep="person and thing" data-keep-version="what it changes" data-keep-notice="id of a paragraph">.
// In this tab only, gone with it; another person's or an older version's text is dropped unread. The form works without it.

const PREFIX = "kept:";

function typed(form) {
  const kept = [...form.elements].filter((field) => field.name && !["hidden", "file", "password"].includes(field.type));
  return kept.filter((field) => field.tagName !== "BUTTON");
}

function start(form) {
  const key = PREFIX + form.dataset.keep;
  const notice = document.getElementById(form.dataset.keepNotice);

  const write = () => {
    const values = typed(form).map((field) => [field.name, field.value, field.checked ?? null]);
    sessionStorage.setItem(key, JSON.stringify({ version: form.dataset.keepVersion, values }));
  };

  const read = () => {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (kept?.version !== form.dataset.keepVersion) return sessionStorage.removeItem(key);
    let restored = false;
    for (const [name, value, checked] of kept.values) {
      for (const field of typed(form).filter((one) => one.name === name)) {
        const isChoice = ["radio", "checkbox"].includes(field.type);
        if (isChoice && field.value === value && field.checked !== checked) [field.checked, restored] = [checked, true];
        if (!isChoice && field.value !== value) [field.value, restored] = [value, true];
      }
    }
    if (restored && notice) notice.hidden = false;
  };

  if (form.dataset.keepFresh !== undefined) read();
  form.addEventListener("input", write);
  form.addEventListener("change", write);
}

function dropOthers(person) {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${person}/`)) sessionStorage.removeItem(key);
  }
}

document.querySelectorAll("form[data-keep]").forEach((form) => {
  dropOthers(form.dataset.keep.split("/")[0]);
  start(form);
});
