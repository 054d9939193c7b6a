export default function InfractionsPage(_: { readonly id?: string }) {
  return null;
}
