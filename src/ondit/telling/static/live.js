// Follows a job while its reports are read: every line comes from the server as text.
"use strict";
(() => {
  const list = document.querySelector("#events");
  if (!list || !list.dataset.events) return;
  const source = new EventSource(list.dataset.events);
  source.addEventListener("open", () => list.replaceChildren());
  source.addEventListener("message", (event) => {
    const line = JSON.parse(event.data);
    const row = document.createElement("li");
    const words = line.to ? row.appendChild(document.createElement("a")) : row;
    if (line.to) words.href = line.to;
    words.textContent = line.said;
    list.append(row);
  });
  source.addEventListener("done", () => {
    source.close();
    document.querySelector("#state").textContent = "Done.";
  });
})();
