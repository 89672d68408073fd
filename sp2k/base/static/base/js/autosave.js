// Keeps a draft while someone types: <form data-autosave="address" data-autosave-status="id of a live region">.
// The form itself is sent by its button, with or without this module. A draft that could not be kept is tried again.

const PAUSE = 800;
const RETRY = [2000, 5000, 15000, 30000];

function start(form) {
  const status = document.getElementById(form.dataset.autosaveStatus);
  let timer = 0;
  let failures = 0;
  let changed = 0;
  let kept = 0;

  const say = (text, state) => {
    if (!status) return;
    status.textContent = text;
    status.dataset.state = state;
  };

  const save = async (closing = false) => {
    window.clearTimeout(timer);
    if (kept === changed) return;
    const version = changed;
    say(status?.dataset.saving ?? "", "saving");
    try {
      const body = new FormData(form);
      [...body].filter(([, value]) => value instanceof File).forEach(([name]) => body.delete(name));
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        keepalive: closing,
        redirect: "error",
      });
      const said = await answer.json();
      if (answer.status >= 500) {
        failed(said.says); // the server is ill, the words are not wrong: try again
        return;
      }
      failures = 0;
      kept = version;
      say(said.says, answer.ok ? "saved" : "refused");
      form.dispatchEvent(new CustomEvent("autosaved", { detail: said }));
    } catch {
      failed(status?.dataset.failed ?? "");
    }
  };

  const failed = (why) => {
    say(why, "failed");
    timer = window.setTimeout(save, RETRY[Math.min(failures, RETRY.length - 1)]);
    failures += 1;
  };

  const later = () => {
    changed += 1;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, PAUSE);
  };

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    kept = changed; // the button takes all of it along
  });
  window.addEventListener("online", () => save());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
}

document.querySelectorAll("form[data-autosave]").forEach(start);
