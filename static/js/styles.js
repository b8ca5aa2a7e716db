// Scripts of the admin's library write style attributes as text, which the content security policy refuses. The same text
// given to the element's own style object is no attribute, and is allowed.
{
  const { setAttribute } = Element.prototype;

  Element.prototype.setAttribute = function setStyle(name, value) {
    if (name.toLowerCase() === "style" && this.style) {
      this.style.cssText = value;
      return;
    }
    setAttribute.call(this, name, value);
  };
}
