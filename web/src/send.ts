// A form that only carries a message to another site: it is sent at once. Without this script one presses its button.
// Coming back to the page by the browser's history must not send it again, or nobody could leave.
const form = document.querySelector<HTMLFormElement>("form[data-send-at-once]");
const entry = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
if (form && entry?.type !== "back_forward") form.requestSubmit();
