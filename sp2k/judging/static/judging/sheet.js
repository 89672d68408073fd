// The score sheet while it is typed: counts what is still empty, and opens the reason of a mark that wants one.
// Without this module the server says the same after "Simpan draf" or "Segel lembar".

function start(form) {
  const told = form.querySelector("[data-missing]");
  const marks = [...form.querySelectorAll("[data-mark]")].map((row) => ({
    code: row.dataset.mark,
    row,
    input: row.querySelector("input[inputmode]"),
  }));
  const words = { total: marks.length, filled: told.querySelector("b").textContent };

  const isEmpty = (mark) => mark.input.value.trim() === "";

  const linkTo = (mark) => {
    const link = document.createElement("a");
    link.href = `#${mark.code}`;
    link.textContent = mark.code;
    return link;
  };

  const count = () => {
    const missing = marks.filter(isEmpty);
    marks.forEach((mark) => mark.row.classList.toggle("missing", isEmpty(mark)));
    const bold = document.createElement("b");
    bold.className = "num";
    bold.textContent = words.filled.replace(/^\d+/, String(words.total - missing.length));
    told.replaceChildren(bold);
    missing.forEach((mark, n) => told.append(n === 0 ? told.dataset.missing : ", ", linkTo(mark)));
    form.querySelectorAll("fieldset.aspect").forEach((aspect) => {
      const filled = marks.filter((mark) => aspect.contains(mark.row) && !isEmpty(mark)).length;
      const counted = aspect.querySelector("[data-count]");
      counted.textContent = counted.textContent.replace(/^\d+/, String(filled));
    });
  };

  const openReasons = () => {
    const { below, above } = form.dataset;
    marks.forEach((mark) => {
      const reason = mark.row.querySelector("[data-why]");
      const value = Number(mark.input.value.trim().replace(",", "."));
      if (!reason || isEmpty(mark) || Number.isNaN(value)) return;
      if ((below && value < Number(below)) || (above && value > Number(above))) reason.open = true;
    });
  };

  form.addEventListener("input", count);
  form.addEventListener("change", openReasons);
  count();
}

document.querySelectorAll("form[data-sheet]").forEach(start);
