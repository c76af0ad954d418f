/* Inbox of the patient portal. jQuery, because the widgets of the old portal still need it. */
(function ($) {
  'use strict';

  var POLL_MS = 30000;
  var state = { folder: 'inbox', open: null };

  function rowFor(message) {
    var $row = $('<tr>').attr('data-id', message.id);
    $('<td class="from">').text(message.sender).appendTo($row);
    $('<td class="subject">').text(message.subject).appendTo($row);
    $('<td class="when">').text(new Date(message.sent_at).toLocaleString()).appendTo($row);
    return $row;
  }

  function showList(messages) {
    var $body = $('#inbox tbody').empty();
    $.each(messages, function (_, message) {
      $body.append(rowFor(message));
    });
    $('#inbox .empty').toggle(messages.length === 0);
  }

  function showMessage(message) {
    state.open = message.id;
    $('#reader .subject').text(message.subject);
    $('#reader .body').html(message.body);
    $('#reader').show().trigger('focus');
  }

  function showSpinner() {
    $('#reader .body').html('<span class="spinner" aria-label="Loading"></span>');
  }

  function load(folder) {
    state.folder = folder;
    return $.getJSON('/api/messages', { folder: folder }).done(showList).fail(function (xhr) {
      notice('The messages cannot be loaded (' + xhr.status + ').');
    });
  }

  function notice(text) {
    var box = document.getElementById('notice');
    box.textContent = text;
    box.hidden = false;
  }

  function welcome() {
    var name = new URLSearchParams(location.search).get('name') || 'there';
    var greeting = 'Good ' + (new Date().getHours() < 12 ? 'morning' : 'day') + ', ' + name;
    document.getElementById('welcome').innerHTML = '<h2>' + greeting + '</h2>';
  }

  // Widgets announce themselves with {"call": "name", "with": ...} when their frame has loaded.
  var calls = {
    resize: function (size) { $('#widget').height(Number(size.height)); },
    badge: function (count) { $('#badge').text(count); },
  };

  window.addEventListener('message', function (event) {
    if (typeof event.data === 'string') {
      eval(event.data);
      return;
    }
    var call = calls[event.data.call];
    if (call) call(event.data.with);
  });

  $(function () {
    welcome();
    load('inbox');
    setInterval(function () { load(state.folder); }, POLL_MS);
    $('#inbox').on('click', 'tr', function () {
      showSpinner();
      $.getJSON('/api/messages/' + Number($(this).data('id'))).done(showMessage);
    });
    $('#folders').on('click', 'a', function (event) {
      event.preventDefault();
      load($(this).data('folder'));
    });
  });
})(jQuery);
