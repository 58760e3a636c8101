"""What leaves a page as furniture, and what stays as the article's own words."""

from __future__ import annotations

import pytest

from index.clean.furniture import drop_furniture, furniture_rule
from index.clean.lines import Line, to_lines
from index.clean.rules import rules

FURNITURE = {
    "advertisement": ["РЕКЛАМА", "Реклама:", "[ADVERTISEMENT]", "На правах реклами", "Sponsored content", "Ad"],
    "share": [
        "Поделиться", "Поширити:", "Share this article", "Facebook Twitter Telegram", "Share Save Print",
        "Facebook | X | Копіювати посилання", "Поделиться в Telegram", "Share on Facebook",
    ],
    "subscribe": [
        "Подписывайтесь на наш Telegram-канал", "👉 Підписуйтесь на наш канал у Viber!", "Subscribe to our newsletter",
        "Follow us on Telegram", "Стежте за нами у Facebook", "Больше новостей — в нашем Telegram-канале",
        "Sign up for our morning newsletter", "Get the top stories in your inbox every day",
    ],
    "read-also": [
        "Читайте также: Цены на яблоки выросли вдвое", "Читайте також:", "Read more: Harbour dredging starts in May",
        "Більше новин", "По теме:", "Related articles", "See also", "Також читайте: Мер подав у відставку",
    ],
    "error-report": [
        "Нашли ошибку? Выделите и нажмите Ctrl+Enter", "Якщо ви знайшли помилку, виділіть її мишкою",
        "Spotted a typo? Tell us",
    ],
    "counter": [
        "1245 просмотров", "3 min read", "Переглядів: 1 208", "Время чтения: 3 мин", "12 comments",
        "2,4 тыс. просмотров",
    ],
    "tags": ["Теги: мост, Сула, ремонт", "Tags: bridge, river", "#міст #Сула #ремонт"],
    "comments": ["Комментарии (5)", "Залишити коментар", "Join the conversation", "Войдите, чтобы комментировать"],
    "copyright": [
        "© 2025 Портовая газета. Все права защищены", "Copyright 2026 The Harbour Post. All rights reserved.",
        "Перепечатка разрешена только со ссылкой на издание",
    ],
    "cookies": [
        "Мы используем файлы cookie, чтобы сайт работал лучше.", "Цей сайт використовує файли cookie",
        "We use cookies to improve your experience.", "By continuing to use this site you agree to our terms",
        "Accept all",
    ],
    "navigation": ["Главная > Новости > Спорт", "Skip to content", "Наступна новина"],
    "support": ["Поддержите нас: каждая гривна важна", "Support our journalism"],
    "widget": ["Слушать новость (2:41)", "Listen to this article", "Rate this article", "Take our two-minute quiz"],
    "caption": [
        "Мост через Сулу после ремонта. Фото: пресс-служба мэрии", "Фото: Getty Images",
        "Photo: Jane Doe / The Harbour Post",
        "АРХИВ. Порт Одессы зимой Ivan Petrenko/Sputnik", "Ілюстративне фото", "Скриншот видео",
        "FILE - Fog over the harbour in January. (AP Photo/Jane Doe, File)", "The bridge at dawn. Jane Doe via Reuters",
        "Команда після фіналу (фото: клуб)", "Министр в зале суда Getty Images", "Ілюстрація: Олена Коваль",
        "Паром у причалаФото: Иван Петров",
    ],
}  # fmt: skip

OWN_WORDS = [
    "Фото — единственное, что осталось у семьи от старого дома.",
    "Reality: New Tax Credits That Will Make Coverage Affordable",
    "The Big Picture Most Miss",
    "Агентство Reuters сообщает, что переговоры продолжатся в пятницу.",
    "The photo: it changed everything for the family that found it.",
    "Photo: it was the word she kept repeating.",
    "Фотография моста облетела мир, и её перепечатали сорок газет.",
    "Подписываться на рассылку жители начали ещё в мае, когда закрыли мост.",
    "«Подписывайтесь на наш канал», — призвал мэр на встрече с жителями.",
    "Реклама сигарет будет запрещена с первого июля, решил парламент.",
    "Суд постановил, что сайт использовал файлы cookie без согласия читателей.",
    "We use cookies, said the defendant, but we never sold them.",
    "Использование композитных материалов при ремонте моста запрещено.",
    "Поделиться опытом приехали инженеры из пяти стран.",
    "Share prices in the port operator fell by 4 percent on Monday.",
    "Джерело: Reuters з посиланням на міністерство",
    "Source: Ministry of Infrastructure",
    "Деталі: Повідомляється, що міст відкрили о дев'ятій ранку.",
    "Передісторія:",
    "Самое важное:",
    "• Читати книжки у сховищі діти почали восени.",
    "Read the room, the coach told his players before the match.",
    "Также читать лекции будут приглашённые профессора.",
    "Комментарии мэра вызвали споры.",
    "Stability judges win against the photo bank",
    "He sued the agency over the picture, court papers seen by Reuters show",
    "Telegram",
    "Поиск",
    "Видео с места аварии появилось в сети вечером.",
    "Register to vote by Friday, officials urged.",
    "Больше 20 новостных телеграм-каналов заблокировали за год.",
    "Что вы думаете о новом мосте?",
]


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule, lines in FURNITURE.items() for line in lines])
def test_furniture_is_named_by_its_rule(rule: str, line: str) -> None:
    """Each kind of furniture is recognised in the three languages, under its own name."""
    assert furniture_rule(line) == rule


@pytest.mark.parametrize("line", OWN_WORDS)
def test_own_words_stay(line: str) -> None:
    """A line that merely mentions what furniture is about is no furniture."""
    assert drop_furniture([Line(line)]) == ([Line(line)], [])


def test_every_rule_has_an_example() -> None:
    """No rule of the file goes untested."""
    assert {rule.name for rule in rules()} | {"caption"} == set(FURNITURE)


def _kept(text: str) -> list[str]:
    return [line.text for line in drop_furniture(to_lines(text))[0]]


def test_headlines_go_with_the_heading_over_them() -> None:
    """A "read also" heading takes the headlines under it along, up to the first prose."""
    text = (
        "Читайте также:\nВ порту открыли новый причал\nМэр ответил на вопросы жителей\nПрошёл дождь, и вода поднялась."
    )
    assert _kept(text) == ["Прошёл дождь, и вода поднялась."]


def test_an_empty_line_ends_the_headlines() -> None:
    """A subheading after the block stays where an empty line parts them."""
    assert _kept("По теме:\nВ порту открыли новый причал\n\nЧто будет с мостом дальше\n\nПроза.") == [
        "Что будет с мостом дальше",
        "Проза.",
    ]


def test_bulleted_headlines_end_with_the_last_bullet() -> None:
    """Where the linked headlines are bullets, the next line without one is the article's."""
    assert _kept(
        "Read also\n\n• Harbour dredging starts in May\n\n• Mayor resigns\n\nWhat happens next in the port"
    ) == ["What happens next in the port"]


def test_a_short_subheading_after_the_headlines_stays() -> None:
    """With nothing else to tell them apart, three words are a subheading rather than a headline."""
    assert _kept("Читайте також:\n\nУ порту відкрили новий причал\n\nЩо далі\n\nРоботи тривають.") == [
        "Що далі",
        "Роботи тривають.",
    ]


@pytest.mark.parametrize(
    ("line", "own", "cut"),
    [
        ("Мост открыли утром.РЕКЛАМА", "Мост открыли утром.", "РЕКЛАМА"),
        ("РЕКЛАМА Мост открыли утром.", "Мост открыли утром.", "РЕКЛАМА"),
        (
            "Мост открыли утром. Первыми по нему прошли школьники и учителя. Затем проехал автобус. Фото: Иван Петров",
            "Мост открыли утром. Первыми по нему прошли школьники и учителя. Затем проехал автобус.",
            "Фото: Иван Петров",
        ),
    ],
)
def test_what_is_glued_to_a_paragraph_is_cut_out(line: str, own: str, cut: str) -> None:
    """A marker or a credit at a paragraph's end goes, the paragraph stays, and the piece is recorded."""
    kept, dropped = drop_furniture([Line(line)])
    assert [entry.text for entry in kept] == [own]
    assert [entry.line for entry in dropped] == [cut]


def test_nothing_is_lost_unrecorded() -> None:
    """Every line either stays or is recorded with the rule that took it."""
    lines = [Line(line) for line in (*OWN_WORDS, *FURNITURE["share"], *FURNITURE["caption"])]
    kept, dropped = drop_furniture(lines)
    assert sorted([line.text for line in kept] + [line.line for line in dropped]) == sorted(line.text for line in lines)
