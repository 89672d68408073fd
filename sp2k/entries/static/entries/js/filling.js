// The form of a kecamatan: what the next saving builds on, a file sent as soon as it is chosen, one too large not sent at all.
// Without this module the same page works by its buttons.

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  form.addEventListener("autosaved", (event) => {
    const base = form.elements.namedItem("dasar");
    if (base && event.detail.dasar) base.value = event.detail.dasar;
  });

  const largest = Number(form.dataset.largest);
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (field.type !== "file" || !field.files.length) return;
    const isTooLarge = [...field.files].some((file) => file.size > largest);
    field.setCustomValidity(isTooLarge ? form.dataset.tooLarge : "");
    if (isTooLarge) {
      field.reportValidity();
      field.value = "";
      return;
    }
    const button = document.createElement("button");
    button.name = "lanjut";
    button.value = field.dataset.upload ?? "simpan";
    button.hidden = true;
    form.append(button);
    form.requestSubmit(button);
  });
});
