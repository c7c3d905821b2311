// Buttons that copy the text of the element they name. Without this module they stay hidden, and the text is selected by hand.

function ready(button) {
  const source = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 2000);
  });
}

if (navigator.clipboard) document.querySelectorAll("button[data-copy]").forEach(ready);
