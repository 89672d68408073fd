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
    field.parentElement.querySelectorAll(".ferr").forEach((said) => said.remove());
    if (isTooLarge) {
      const said = document.createElement("p");
      said.className = "ferr";
      said.setAttribute("role", "alert");
      said.textContent = `${field.files[0].name}: ${form.dataset.tooLarge}`;
      field.before(said);
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
