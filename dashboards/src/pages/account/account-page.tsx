export default function AccountPage(_: { readonly id?: string }) {
  return null;
}
