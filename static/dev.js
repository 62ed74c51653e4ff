// Under `deno task dev`: reloads the page when another start of the server answers.
let boot;
new EventSource("/_dev/live").onmessage = ({ data }) => {
  if (boot && boot !== data) location.reload();
  boot = data;
};
