export default function InfractionPage(_: { readonly id?: string }) {
  return null;
}
