/** Colours of those who hold places: told apart also by the colour-blind; those beyond the palette share a grey, and their names are written. */
const LIGHT = ["#c0392b", "#1f6fb2", "#d9a400", "#2f7d4f", "#7b4fa3", "#d9762b", "#11808a", "#b0508b", "#6b7a1f", "#6d4c36"];
const DARK = ["#f0786a", "#6cb2ee", "#f2c94c", "#6fcf97", "#b994e0", "#f2a65a", "#56c5cf", "#ea8ec8", "#b8c957", "#c09a7d"];
export const isDark = (): boolean => document.documentElement.dataset.theme === "dark" || (document.documentElement.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);

export function holderColour(rank: number | undefined, dark: boolean): string {
  const palette = dark ? DARK : LIGHT;
  return (rank === undefined ? undefined : palette[rank]) ?? (dark ? "#9aa4b1" : "#5f6b78");
}
