// Before anything is drawn, so that nothing flickers: the theme that was chosen here before.
try {
  const theme = localStorage.getItem('theme')
  if (theme) document.documentElement.dataset.theme = theme
} catch {
  // Storage is switched off: the system's theme it is.
}
