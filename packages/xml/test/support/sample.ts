/** A message in the style of the predefined ones, with a bit of everything that documents have. */
export const sample = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE Update_OrderState SYSTEM "Update_OrderState_10.dtd">
<!-- sent by the back end -->
<?route north?>
<Update_OrderState version="1.0">
  <ControlArea>
    <Verb value="Update"/>
    <Credentials><LogonId>depot</LogonId></Credentials>
  </ControlArea>
  <DataArea>
    <OrderState UpdateMode='P' note="a &lt; b &amp; &#x20AC; 5">
      <OrderNumber type="ByUs">12007</OrderNumber>
      <Comment>Zum Häuschen &#8212; <![CDATA[<b>left & right</b>]]> 🚚</Comment>
      <Price currency="CAD">184.50</Price>
    </OrderState>
  </DataArea>
</Update_OrderState>
`;
